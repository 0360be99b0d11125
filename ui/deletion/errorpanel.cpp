// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/errorpanel.h"

#include "ui/accessibility.h"
#include "ui/factgrid.h"
#include "ui/plaintext.h"
#include "ui/valuelabel.h"
#include "ui/verticalscrollarea.h"
#include "ui/wording.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedLayout>
#include <QStyle>
#include <QTableWidget>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr std::chrono::milliseconds tickInterval{250};
/// More rows than these scroll inside the table.
constexpr int causesShownAtOnce = 5;
constexpr int rawLinesShown = 8;
/// The raw answer has what does not fit.
constexpr int causeLinesShown = 12;
/// Of the table's width, for the code and for the target; the message gets what they leave.
constexpr double widestCauseColumn = 0.3;
constexpr qsizetype maximumCauseLength = 2000;

bool hasWait(const ApiError &error)
{
    const auto *answer = std::get_if<HttpFailure>(&error);
    return answer != nullptr && (answer->status == 429 || answer->retryAfter);
}

void showOrHide(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

QTableWidgetItem *causeItem(const QString &foreign)
{
    auto *item = new QTableWidgetItem(breakable(visibleText(foreign, maximumCauseLength)));
    if (!foreign.isEmpty())
        item->setToolTip(escapedForRichText(foreign));
    return item;
}

} // namespace

ErrorPanel::ErrorPanel(Clock &clock, Redaction redact, QWidget *parent)
    : QWidget(parent), m_clock(clock), m_redact(std::move(redact))
{
    nameGroup(this, tr("Error details"));
    m_tick.setInterval(tickInterval);
    m_tick.callOnTimeout(this, &ErrorPanel::updateCountdown);

    m_pages = new QStackedLayout(this);
    m_pages->addWidget(makeHintPage(tr("Select a job whose deletion failed to see why.")));
    m_pages->addWidget(makeErrorPage());
    clear();
}

QWidget *ErrorPanel::makeErrorPage()
{
    m_copy = new QPushButton(tr("Copy Report"));
    connect(m_copy, &QPushButton::clicked, this, &ErrorPanel::copyReport);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(style()->pixelMetric(QStyle::PM_LayoutLeftMargin), 0,
                                style()->pixelMetric(QStyle::PM_LayoutRightMargin),
                                style()->pixelMetric(QStyle::PM_LayoutBottomMargin));
    buttons->addStretch();
    buttons->addWidget(m_copy);

    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(new VerticalScrollArea(makeScrolledContent()));
    layout->addLayout(buttons);
    return page;
}

QWidget *ErrorPanel::makeScrolledContent()
{
    m_what = makePlainLabel();
    QFont headline = font();
    headline.setBold(true);
    headline.setPointSizeF(headline.pointSizeF() * 1.15);
    m_what->setFont(headline);
    m_serviceReason = makePlainLabel();
    m_why = makePlainLabel();
    m_whatToDo = makePlainLabel();

    m_facts = new FactGrid;

    m_causes = new QTableWidget(0, 3);
    m_causes->setAccessibleName(tr("Error causes"));
    m_causes->setHorizontalHeaderLabels({tr("Code"), tr("Message"), tr("Target")});
    m_causes->verticalHeader()->hide();
    m_causes->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_causes->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_causes->setTabKeyNavigation(false);
    m_causes->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_causes->horizontalHeader()->setHighlightSections(false);
    m_causes->verticalHeader()->setMaximumSectionSize(causeLinesShown
                                                      * m_causes->fontMetrics().lineSpacing());
    connect(m_causes->horizontalHeader(), &QHeaderView::sectionResized, this,
            &ErrorPanel::fitCauses, Qt::QueuedConnection);
    m_causesCaption = makePlainLabel(tr("Causes"));
    m_causesCaption->setBuddy(m_causes);

    m_raw = new QPlainTextEdit;
    m_raw->setReadOnly(true);
    m_raw->setTabChangesFocus(true);
    m_raw->setAccessibleName(tr("Raw answer"));
    m_raw->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_raw->setMinimumHeight(m_raw->fontMetrics().lineSpacing() * rawLinesShown);
    m_rawCaption = makePlainLabel(tr("Raw answer"));
    m_rawCaption->setBuddy(m_raw);

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    for (QLabel *label : {m_what, m_serviceReason, m_why, m_whatToDo})
        layout->addWidget(label);
    layout->addWidget(m_facts);
    layout->addWidget(m_causesCaption);
    layout->addWidget(m_causes);
    layout->addWidget(m_rawCaption);
    layout->addWidget(m_raw, 1);
    layout->addStretch();
    return content;
}

void ErrorPanel::setError(const ApiError &error, Occasion occasion, const QString &jobName)
{
    m_error = error;
    m_occasion = occasion;
    const ErrorText text = errorText(error, occasion);
    showOrHide(m_what, text.what);
    const QString reason = serviceReason(error);
    showOrHide(m_serviceReason,
               reason.isEmpty() ? QString()
                                : tr("The service says: %1").arg(breakable(isolated(reason))));
    showOrHide(m_why, text.why);
    showOrHide(m_whatToDo, text.whatToDo);
    showFacts(error, jobName);
    showCauses(error);
    const QString raw = rawAnswer(error);
    m_raw->setPlainText(raw);
    m_raw->setVisible(!raw.isEmpty());
    m_rawCaption->setVisible(!raw.isEmpty());
    m_pages->setCurrentIndex(1);
    updateTimer();
}

void ErrorPanel::setContinuesAt(std::optional<Instant> instant)
{
    m_continuesAt = instant;
    updateCountdown();
    updateTimer();
}

void ErrorPanel::clear()
{
    m_error.reset();
    clearFacts();
    m_pages->setCurrentIndex(0);
    updateTimer();
}

void ErrorPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateCountdown();
    updateTimer();
}

void ErrorPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    updateTimer();
}

void ErrorPanel::clearFacts()
{
    m_countdown = nullptr;
    m_facts->clear();
}

void ErrorPanel::showFacts(const ApiError &error, const QString &jobName)
{
    clearFacts();
    if (!jobName.isEmpty())
        m_facts->add(tr("Job"), visibleText(jobName));
    if (hasWait(error)) {
        m_countdown = m_facts->add(tr("Continues in"), QString());
        updateCountdown();
    }
    const QList<ErrorFact> facts = errorFacts(error);
    for (const ErrorFact &fact : facts)
        m_facts->add(fact.name, fact.value);
}

void ErrorPanel::showCauses(const ApiError &error)
{
    const auto *answer = std::get_if<HttpFailure>(&error);
    const QList<ErrorCause> causes = answer != nullptr ? answer->details : QList<ErrorCause>();
    m_causes->setRowCount(static_cast<int>(causes.size()));
    for (int row = 0; row < m_causes->rowCount(); ++row) {
        m_causes->setItem(row, 0, causeItem(causes.at(row).code));
        m_causes->setItem(row, 1, causeItem(causes.at(row).message));
        m_causes->setItem(row, 2, causeItem(causes.at(row).target));
    }
    m_causes->setVisible(!causes.isEmpty());
    m_causesCaption->setVisible(!causes.isEmpty());
    fitCauses();
}

void ErrorPanel::fitCauses()
{
    const auto widest = static_cast<int>(m_causes->viewport()->width() * widestCauseColumn);
    for (const int column : {0, 2}) {
        const int header = m_causes->horizontalHeader()->sectionSizeHint(column);
        const int needed = static_cast<QAbstractItemView *>(m_causes)->sizeHintForColumn(column);
        m_causes->setColumnWidth(column, std::min(std::max(header, needed + 1), widest));
    }
    m_causes->resizeRowsToContents();
    int height = m_causes->horizontalHeader()->sizeHint().height() + 2 * m_causes->frameWidth();
    for (int row = 0; row < std::min(m_causes->rowCount(), causesShownAtOnce); ++row)
        height += m_causes->rowHeight(row);
    m_causes->setFixedHeight(height);
}

void ErrorPanel::updateCountdown()
{
    if (m_countdown == nullptr)
        return;
    const Instant now = m_clock.now();
    if (!m_continuesAt || *m_continuesAt <= now) {
        m_countdown->setValue(tr("the pause is over"));
        return;
    }
    m_countdown->setValue(Wording::duration(
        std::chrono::duration_cast<std::chrono::milliseconds>(*m_continuesAt - now)));
}

void ErrorPanel::updateTimer()
{
    const bool isNeeded = m_countdown != nullptr && m_continuesAt && isVisible();
    if (isNeeded && !m_tick.isActive())
        m_tick.start();
    else if (!isNeeded)
        m_tick.stop();
}

void ErrorPanel::copyReport()
{
    if (m_error)
        QGuiApplication::clipboard()->setText(m_redact(errorReport(*m_error, m_occasion)));
}

} // namespace Jobsweep
