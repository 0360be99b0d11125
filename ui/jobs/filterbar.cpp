// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/filterbar.h"

#include "ui/namedcombobox.h"
#include "ui/plaintext.h"
#include "ui/searchfield.h"
#include "ui/wording.h"

#include <QAction>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr std::array offeredStates{
    JobState::Unsubmitted, JobState::Active,    JobState::Success,
    JobState::Failed,      JobState::Cancelled,
};
constexpr int allStates = -1;

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent), m_search(new SearchField), m_state(new NamedComboBox(tr("State"))),
      m_iTwin(new NamedComboBox(tr("iTwin"))), m_severalITwins(new QToolButton)
{
    setUpSearch();
    setUpStates();
    setUpITwins();

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_search, 1);
    layout->addSpacing(layout->spacing());
    layout->addWidget(makeCaption(tr("State"), m_state));
    layout->addWidget(m_state);
    layout->addSpacing(layout->spacing());
    layout->addWidget(makeCaption(tr("iTwin"), m_iTwin));
    layout->addWidget(m_iTwin);
    layout->addWidget(m_severalITwins);
    showQuery();
}

void FilterBar::setUpSearch()
{
    m_search->setAccessibleName(tr("Search jobs"));
    m_search->setPlaceholderText(tr("Search jobs…"));
    m_search->setMaximumWidth(60 * m_search->fontMetrics().averageCharWidth());
    connect(m_search, &SearchField::searchChanged, this, &FilterBar::searchChanged);
    connect(m_search, &SearchField::leftDownwards, this, &FilterBar::tableWanted);
}

void FilterBar::setUpStates()
{
    m_state->setToolTip(tr("Which jobs to show, by their state"));
    m_state->addItem(tr("All states"), allStates);
    for (const JobState state : offeredStates)
        m_state->addItem(Wording::stateName(state), static_cast<int>(state));
    connect(m_state, &QComboBox::activated, this, &FilterBar::takeQuery);
}

void FilterBar::setUpITwins()
{
    m_iTwin->setToolTip(tr("The jobs you created yourself, or all jobs of one iTwin"));
    m_iTwin->setEditable(true);
    m_iTwin->lineEdit()->setAccessibleName(tr("iTwin"));
    m_iTwin->setInsertPolicy(QComboBox::NoInsert);
    // Otherwise Return would choose the first of several iTwins with the same name.
    m_iTwin->setDuplicatesEnabled(true);
    m_iTwin->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_iTwin->completer()->setFilterMode(Qt::MatchContains);
    m_iTwin->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_iTwin->setMinimumContentsLength(16);
    connect(m_iTwin, &QComboBox::activated, this, &FilterBar::takeQuery);
    connect(m_iTwin->lineEdit(), &QLineEdit::editingFinished, this, &FilterBar::takeTypedITwin);
    m_severalITwins->setText(u"…"_s);
    m_severalITwins->setAccessibleName(tr("Choose iTwins…"));
    m_severalITwins->setToolTip(tr("Choose several iTwins"));
    m_severalITwins->setFocusPolicy(Qt::TabFocus);
    connect(m_severalITwins, &QToolButton::clicked, this, &FilterBar::iTwinsWanted);
    setITwins({});
}

void FilterBar::setQuery(const JobQuery &query)
{
    m_query = query;
    showQuery();
}

void FilterBar::setITwins(const QList<ITwin> &iTwins)
{
    const QSignalBlocker quiet(m_iTwin);
    m_iTwin->clear();
    m_iTwin->addItem(QString(), QString());
    for (const ITwin &iTwin : iTwins)
        m_iTwin->addItem(visibleText(iTwin.displayName.isEmpty() ? iTwin.id : iTwin.displayName),
                         iTwin.id);
    showQuery();
}

void FilterBar::showSearch(const QString &text)
{
    m_search->showText(text);
}

void FilterBar::focusSearch()
{
    m_search->takeFocus();
}

void FilterBar::clearSearch()
{
    m_search->clear();
}

void FilterBar::takeQuery()
{
    JobQuery query = m_query;
    query.iTwinIds = m_iTwin->currentData().toStringList();
    query.iTwinIds.removeAll(QString());
    query.state.reset();
    if (const int state = m_state->currentData().toInt(); state != allStates)
        query.state = static_cast<JobState>(state);
    if (query == m_query)
        return;
    m_query = query;
    emit queryChanged(m_query);
}

void FilterBar::showQuery()
{
    const QSignalBlocker quietStates(m_state);
    m_state->setCurrentIndex(
        m_state->findData(m_query.state ? static_cast<int>(*m_query.state) : allStates));
    showITwins();
}

void FilterBar::showITwins()
{
    const QSignalBlocker quiet(m_iTwin);
    for (int index = m_iTwin->count() - 1; index >= 0; --index) {
        if (m_iTwin->itemData(index).typeId() == QMetaType::QStringList)
            m_iTwin->removeItem(index);
    }
    // A pasted list has the jobs of everybody.
    m_iTwin->setItemText(
        0, m_query.ids.isEmpty() ? tr("Mine", "jobs created by the person") : tr("Any iTwin"));
    // Several of them have an entry of their own while they are chosen.
    if (m_query.iTwinIds.size() > 1)
        m_iTwin->addItem(iTwinsText(), m_query.iTwinIds);
    // An iTwin whose name has not arrived, or that was taken away from the person meanwhile.
    else if (m_iTwin->findData(m_query.iTwinIds.value(0)) < 0)
        m_iTwin->addItem(visibleText(m_query.iTwinIds.value(0)), m_query.iTwinIds.value(0));
    m_iTwin->setCurrentIndex(placeOfITwins());
    m_iTwin->setEditText(m_iTwin->currentText());
    m_iTwin->lineEdit()->setCursorPosition(0);
}

int FilterBar::placeOfITwins() const
{
    return m_query.iTwinIds.size() > 1 ? m_iTwin->count() - 1
                                       : m_iTwin->findData(m_query.iTwinIds.value(0));
}

QString FilterBar::iTwinsText() const
{
    return tr("%Ln iTwins", nullptr, static_cast<int>(m_query.iTwinIds.size()));
}

void FilterBar::takeTypedITwin()
{
    // Another iTwin of the same name must not take the place of the one that was chosen.
    if (m_iTwin->lineEdit()->text() == m_iTwin->itemText(m_iTwin->currentIndex()))
        return;
    const int typed = m_iTwin->lineEdit()->text().trimmed().isEmpty()
        ? 0
        : m_iTwin->findText(m_iTwin->lineEdit()->text().trimmed(), Qt::MatchFixedString);
    // What is no iTwin's name gives way to the choice in force.
    m_iTwin->setCurrentIndex(typed >= 0 ? typed : placeOfITwins());
    m_iTwin->setEditText(m_iTwin->itemText(m_iTwin->currentIndex()));
    takeQuery();
}

} // namespace Jobsweep
