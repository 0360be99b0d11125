// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobspage.h"

#include "ui/accessibility.h"
#include "ui/errorwording.h"
#include "ui/icons.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace Jobsweep {

namespace {

/// Wider lines are hard to read.
constexpr int textWidthInCharacters = 56;

bool isNarrowed(const JobQuery &query)
{
    JobQuery plain;
    if (!query.state)
        plain.state.reset();
    return query != plain;
}

JobsPageKind pageWithoutRows(const JobsPageFacts &facts)
{
    switch (facts.listing) {
    case JobLister::State::Loading:
        return JobsPageKind::Loading;
    case JobLister::State::Failed:
        return JobsPageKind::Failed;
    case JobLister::State::NotLoaded:
    case JobLister::State::Stopped:
        return JobsPageKind::NotLoaded;
    case JobLister::State::Complete:
        break;
    }
    if (facts.isSearching || isNarrowed(facts.query))
        return JobsPageKind::NothingMatches;
    return facts.query.state ? JobsPageKind::NoDrafts : JobsPageKind::NoJobs;
}

} // namespace

JobsPageKind pageFor(const JobsPageFacts &facts)
{
    if (facts.shown > 0)
        return JobsPageKind::Table;
    if (facts.loaded == 0 && facts.token == Connection::TokenState::Missing)
        return JobsPageKind::FirstRun;
    if (facts.loaded == 0 && facts.token == Connection::TokenState::Reading)
        return JobsPageKind::ReadingToken;
    if (facts.loaded > 0 && facts.isSearching)
        return JobsPageKind::NothingMatches;
    return pageWithoutRows(facts);
}

JobsPage::JobsPage(QWidget *table, QWidget *parent)
    : QStackedWidget(parent), m_table(table), m_messagePage(new QWidget)
{
    setUpMessagePage();
    addWidget(m_messagePage);
    addWidget(m_table);
    showPage(JobsPageKind::NotLoaded, {});
}

void JobsPage::setUpMessagePage()
{
    m_picture = makePlainLabel();
    m_title = makePlainLabel();
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_title->setFont(large);
    m_text = makePlainLabel();
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setFixedWidth(textWidthInCharacters * m_text->fontMetrics().averageCharWidth());
    for (QLabel *label : {m_picture, m_title, m_text})
        label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);

    m_enterToken = new QPushButton(tr("Enter Access Token…"));
    m_askKeychain = new QPushButton(tr("Ask the Keychain Again"));
    m_demo = new QPushButton(tr("Try the Demo"));
    m_clearFilters = new QPushButton(tr("Clear Search and Filters"));
    m_load = new QPushButton(tr("Load Jobs"));
    m_details = new QPushButton(tr("Show Details"));
    connect(m_enterToken, &QPushButton::clicked, this, &JobsPage::tokenRequested);
    connect(m_askKeychain, &QPushButton::clicked, this, &JobsPage::keychainRequested);
    connect(m_demo, &QPushButton::clicked, this, &JobsPage::demoRequested);
    connect(m_clearFilters, &QPushButton::clicked, this, &JobsPage::clearFiltersRequested);
    connect(m_load, &QPushButton::clicked, this, &JobsPage::loadRequested);
    connect(m_details, &QPushButton::clicked, this, &JobsPage::detailsRequested);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    for (QPushButton *button :
         {m_enterToken, m_askKeychain, m_demo, m_clearFilters, m_load, m_details}) {
        button->setAutoDefault(true);
        const QSize room(4 * fontMetrics().averageCharWidth(), fontMetrics().height() / 2);
        button->setMinimumSize(button->sizeHint() + room);
        buttons->addWidget(button);
    }
    buttons->addStretch();

    // Between stretches, not aligned: an aligned label would not get the height its lines need.
    auto *text = new QHBoxLayout;
    text->addStretch();
    text->addWidget(m_text);
    text->addStretch();

    auto *layout = new QVBoxLayout(m_messagePage);
    layout->addStretch(2);
    layout->addWidget(m_picture);
    layout->addWidget(m_title);
    layout->addLayout(text);
    layout->addSpacing(layout->spacing());
    layout->addLayout(buttons);
    layout->addStretch(3);
}

void JobsPage::showPage(JobsPageKind kind, const std::optional<ApiError> &error,
                        KeychainResult keychain)
{
    const bool isAnother = std::exchange(m_kind, kind) != kind;
    const QWidget *focused = QApplication::focusWidget();
    const bool takesFocus = isAnother && (!focused || isAncestorOf(focused));
    // Before the button that has it is hidden: Qt would take it through the window.
    if (takesFocus && focused && m_messagePage->isAncestorOf(focused))
        m_messagePage->setFocus();
    if (kind != JobsPageKind::Table)
        fill(kind, error, keychain);
    setCurrentWidget(kind == JobsPageKind::Table ? m_table : m_messagePage);
    // Otherwise the focus would go wherever Qt finds a place when its widget is hidden.
    if (takesFocus)
        focusTarget()->setFocus();
}

QWidget *JobsPage::focusTarget() const
{
    for (QPushButton *button : {m_enterToken, m_clearFilters, m_load}) {
        if (m_kind != JobsPageKind::Table && !button->isHidden())
            return button;
    }
    return currentWidget();
}

void JobsPage::fill(JobsPageKind kind, const std::optional<ApiError> &error,
                    KeychainResult keychain)
{
    QString title;
    QString text;
    QIcon picture;
    switch (kind) {
    case JobsPageKind::FirstRun:
        picture = applicationIcon();
        title = tr("Welcome to Jobsweep");
        text = tr(
            "Jobsweep lists your Reality Modeling jobs and deletes the ones that were never "
            "submitted. To see yours, it needs an access token of the iTwin Platform: sign in at "
            "developer.bentley.com, open an operation of the Reality Modeling API, choose "
            "Try It, and copy what then stands in the field Authorization.");
        // Having no entry is what a first run is about.
        if (isFailure(keychain))
            text.append(u' ').append(Wording::keychainResult(keychain));
        break;
    case JobsPageKind::ReadingToken:
        title = tr("Reading the access token from the system keychain…");
        text = tr("The keychain may ask for its password. You need not wait for it: a token that "
                  "you enter is used at once.");
        break;
    case JobsPageKind::Loading:
        title = tr("Loading jobs…");
        text = tr("They appear here as they arrive.");
        break;
    case JobsPageKind::NotLoaded:
        title = tr("Not loaded");
        text = tr("No jobs have been loaded yet.");
        break;
    case JobsPageKind::NothingMatches:
        picture = icon(IconName::Search);
        title = tr("Nothing matches");
        text = tr("None of the jobs fits the search and the filters.");
        break;
    case JobsPageKind::NoDrafts:
        picture = icon(IconName::StateSuccess);
        title = tr("No unsubmitted jobs");
        text = tr("You have no unsubmitted jobs, so there is nothing to delete.");
        break;
    case JobsPageKind::NoJobs:
        title = tr("No jobs");
        text = tr("You have not created any jobs. Those of other people are listed when you choose "
                  "an iTwin.");
        break;
    case JobsPageKind::Failed:
        picture = icon(IconName::Warning);
        title = tr("The jobs could not be loaded");
        text = error ? errorLine(*error, Occasion::Listing) : QString();
        break;
    case JobsPageKind::Table:
        break;
    }
    m_title->setText(title);
    m_text->setText(text);
    // Who cannot see the page hears what it says from whatever of it gets the focus.
    nameGroup(m_messagePage, title);
    for (QWidget *focusable :
         {m_messagePage, static_cast<QWidget *>(m_enterToken),
          static_cast<QWidget *>(m_clearFilters), static_cast<QWidget *>(m_load)})
        focusable->setAccessibleDescription(text);
    // Large line icons in the full text colour would shout.
    const auto mode = kind == JobsPageKind::FirstRun ? QIcon::Normal : QIcon::Disabled;
    const int side = style()->pixelMetric(QStyle::PM_LargeIconSize) * 3 / 2;
    m_picture->setPixmap(picture.pixmap({side, side}, devicePixelRatio(), mode));
    m_picture->setVisible(!picture.isNull());
    m_enterToken->setVisible(kind == JobsPageKind::FirstRun || kind == JobsPageKind::ReadingToken);
    m_askKeychain->setVisible(kind == JobsPageKind::FirstRun && isFailure(keychain));
    m_enterToken->setDefault(kind == JobsPageKind::FirstRun);
    m_demo->setVisible(kind == JobsPageKind::FirstRun);
    m_clearFilters->setVisible(kind == JobsPageKind::NothingMatches);
    m_load->setVisible(kind == JobsPageKind::Failed || kind == JobsPageKind::NotLoaded);
    m_details->setVisible(kind == JobsPageKind::Failed && error);
    m_load->setText(kind == JobsPageKind::Failed ? tr("Retry") : tr("Load Jobs"));
}

} // namespace Jobsweep
