// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/historydetails.h"

#include "http/request.h"
#include "ui/accessibility.h"
#include "ui/factgrid.h"
#include "ui/historywording.h"
#include "ui/jsonbox.h"
#include "ui/plaintext.h"
#include "ui/valuelabel.h"
#include "ui/verticalscrollarea.h"
#include "ui/wording.h"

#include <QLabel>
#include <QLocale>
#include <QStackedLayout>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr int emptyPage = 0;
constexpr int itemPage = 1;
constexpr int errorTab = 0;
constexpr int recordTab = 1;

} // namespace

HistoryDetails::HistoryDetails(Clock &clock, ErrorPanel::Redaction redact, QWidget *parent)
    : QWidget(parent), m_pages(new QStackedLayout(this)), m_tabs(new QTabWidget),
      m_error(new ErrorPanel(clock, redact)),
      m_definition(new JsonBox(tr("Definition"), std::move(redact)))
{
    nameGroup(this, tr("History details"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_error, tr("Error"));
    m_tabs->addTab(makeRecordTab(), tr("Record"));
    m_tabs->addTab(makeDefinitionTab(), tr("Definition"));
    m_pages->addWidget(makeHintPage(tr("Select an item to see what is recorded about it.")));
    m_pages->addWidget(m_tabs);
}

QWidget *HistoryDetails::makeRecordTab()
{
    m_outcome = makePlainLabel();
    QFont headline = font();
    headline.setBold(true);
    headline.setPointSizeF(headline.pointSizeF() * 1.15);
    m_outcome->setFont(headline);
    m_reason = makePlainLabel();
    m_facts = new FactGrid;
    m_creations = makePlainLabel();

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->addWidget(m_outcome);
    layout->addWidget(m_reason);
    layout->addWidget(m_facts);
    layout->addWidget(m_creations);
    layout->addStretch();
    return new VerticalScrollArea(content);
}

QWidget *HistoryDetails::makeDefinitionTab()
{
    auto *tab = new QWidget;
    auto *layout = new QVBoxLayout(tab);
    layout->addWidget(makePlainLabel(tr("The job as the service listed it before its deletion:")));
    layout->addWidget(m_definition, 1);
    return tab;
}

void HistoryDetails::setDetails(const HistoryItemDetails &details)
{
    const bool isSame = m_pages->currentIndex() == itemPage && m_details == details;
    // What somebody reads must not jump because the same was read again.
    if (isSame)
        return;
    const bool isSameItem = m_details.item.number == details.item.number;
    m_details = details;
    showRecord();
    m_definition->setJson(details.definition);
    const ApiError *error = details.error();
    if (error != nullptr) {
        const bool isUnknown = details.item.outcome == Outcome::Unknown || !details.item.outcome;
        m_error->setError(*error, deletionOccasion(*error, isUnknown), details.item.name);
    } else {
        m_error->clear();
    }
    const bool wasError = m_tabs->isTabVisible(errorTab);
    m_tabs->setTabVisible(errorTab, error != nullptr);
    // The definition stays in front for the next item, too; otherwise the reason comes first.
    const bool isReason = m_tabs->currentIndex() == errorTab || m_tabs->currentIndex() == recordTab;
    if (isReason && (!isSameItem || wasError != (error != nullptr)))
        m_tabs->setCurrentIndex(error != nullptr ? errorTab : recordTab);
    m_pages->setCurrentIndex(itemPage);
}

void HistoryDetails::clear()
{
    m_details = {};
    m_pages->setCurrentIndex(emptyPage);
}

void HistoryDetails::showRecord()
{
    m_outcome->setText(Wording::itemOutcome(m_details.item));
    const QString reason = Wording::itemReason(m_details.item);
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    m_facts->clear();
    showFacts();
    showAnswers();
    QStringList lines;
    for (const HistoryCreation &creation : std::as_const(m_details.creations))
        lines.append(Wording::creation(creation));
    m_creations->setText(breakable(lines.join(u'\n')));
    m_creations->setVisible(!lines.isEmpty());
}

void HistoryDetails::showFacts()
{
    const HistoryItem &item = m_details.item;
    const auto add = [this](const QString &name, const QString &value) {
        if (!value.isEmpty())
            m_facts->add(name, value);
    };
    add(tr("Job"), visibleText(item.name));
    add(tr("Job id"), visibleText(item.id.text));
    add(tr("Run"), Wording::runTitle(item.confirmedAt, item.isTrial));
    add(tr("Service"), visibleText(m_details.origin));
    add(tr("Account"), visibleText(m_details.account));
    add(tr("Confirmed"), Wording::exactTime(item.confirmedAt));
    // Written before the request is sent, so that a crash cannot lose what was sent.
    add(tr("Recorded for sending", "time"), Wording::exactTime(item.intendedAt));
    add(tr("Finished", "time"), Wording::exactTime(item.finishedAt));
    if (item.intendedAt.isValid())
        add(tr("Times sent"), QLocale().toString(m_details.sends()));
    add(tr("Correlation id"), visibleText(item.correlationId));
}

void HistoryDetails::showAnswers()
{
    QStringList lines;
    for (const AnswerRecord &answer : std::as_const(m_details.answers)) {
        const QString when = Wording::dateTime(answer.exchange.endedAt);
        const int status = answer.error ? statusOf(*answer.error) : answer.status;
        const QString verb = verbName(answer.exchange.verb);
        lines.append(status == 0 ? tr("%1: %2, no answer", "time, DELETE or GET").arg(when, verb)
                                 : tr("%1: %2, status %3", "time, DELETE or GET, HTTP status")
                                       .arg(when, verb)
                                       .arg(status));
    }
    if (!lines.isEmpty())
        m_facts->add(tr("Answers"), lines.join(u'\n'));
}

} // namespace Jobsweep
