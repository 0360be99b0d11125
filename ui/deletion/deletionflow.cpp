// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/deletionflow.h"

#include "ui/deletion/confirmdeletion.h"
#include "ui/historywording.h"
#include "ui/wording.h"

#include <QMessageBox>
#include <QPushButton>
#include <QStringList>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

void countLeftOut(DeletionQuestion *question, Obstacle obstacle)
{
    const auto found = std::find_if(
        question->leftOut.begin(), question->leftOut.end(),
        [obstacle](const DeletionQuestion::LeftOut &one) { return one.obstacle == obstacle; });
    if (found == question->leftOut.end())
        question->leftOut.append({obstacle, 1});
    else
        ++found->count;
}

} // namespace

DeletionFlow::DeletionFlow(Core &core, QWidget &window)
    : QObject(&window), m_core(core), m_window(window)
{ }

void DeletionFlow::request(const QList<JobId> &ids)
{
    if (!mayAsk())
        return;
    const DeletionQuestion question = questionFor(ids);
    if (question.drafts.isEmpty())
        emit message(whyNothing(question));
    else if (question.recordFailure)
        askWithoutRecord(question);
    else
        ask(question);
}

/// What is confirmed without a token would be deleted by whatever account's comes next.
bool DeletionFlow::mayAsk()
{
    const bool hasToken = m_core.connection.hasToken();
    if (!hasToken)
        emit message(tr("Without an access token nothing can be deleted. Enter one in Settings."));
    return hasToken;
}

void DeletionFlow::review()
{
    const DeletionQuestion question = questionForReview();
    if (question.drafts.isEmpty() || !mayAsk())
        return;
    if (question.recordFailure)
        askWithoutRecord(question);
    else
        ask(question);
}

void DeletionFlow::ask(const DeletionQuestion &question)
{
    auto *dialog = new ConfirmDeletion(question, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConfirmDeletion::confirmed, this,
            [this, isReview = question.interruptedAt.isValid(),
             isRecorded = !question.recordFailure](const QList<JobId> &ids) {
                start(ids, isReview, isRecorded);
            });
    connect(dialog, &ConfirmDeletion::keepWanted, this, [this](const QList<JobId> &ids) {
        m_core.recovery.keepReviewed(ids);
        const auto count = static_cast<int>(ids.size());
        emit message(count == 1 ? tr("1 job stays. Nothing was sent.")
                                : tr("%Ln jobs stay. Nothing was sent.", nullptr, count));
    });
    connect(&m_core.connection, &Connection::addressChanged, dialog, &QDialog::reject);
    dialog->open();
}

/// First why there will be no record; the question itself comes after it.
void DeletionFlow::askWithoutRecord(const DeletionQuestion &question)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Delete without a record?"),
                                tr("This deletion cannot be recorded in the history."),
                                QMessageBox::NoButton, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(tr("%1\n\nWithout a record, Jobsweep cannot tell after a crash what "
                               "became of each job, and "
                               "the deleted jobs cannot be created again.")
                                .arg(Wording::historyFailure(*question.recordFailure))
                                .toHtmlEscaped()
                                .replace(u'\n', "<br>"_L1));
    const QPushButton *goOn
        = box->addButton(tr("Go On Without a Record…"), QMessageBox::DestructiveRole);
    QPushButton *cancel = box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(cancel);
    box->setEscapeButton(cancel);
    connect(goOn, &QPushButton::clicked, this, [this, question] { ask(question); });
    connect(&m_core.connection, &Connection::addressChanged, box, &QDialog::reject);
    box->open();
}

/// The list may have changed while the person was thinking.
void DeletionFlow::start(const QList<JobId> &confirmed, bool isReview, bool isRecorded)
{
    const RunTerms terms{.account = m_core.connection.accountName(),
                         .isTrial = m_core.connection.isTrial(),
                         .isRecorded = isRecorded,
                         .hold = std::chrono::seconds(m_core.settings.holdSeconds())};
    const int taken = isReview ? m_core.recovery.deleteReviewed(confirmed, terms)
                               : m_core.queue.start(confirmed, terms);
    const int leftOut = static_cast<int>(confirmed.size()) - taken;
    if (leftOut == 1) {
        emit message(tr("1 of the confirmed jobs can no longer be deleted and was left out."));
    } else if (leftOut > 1) {
        emit message(tr("%Ln of the confirmed jobs can no longer be deleted and were left out.",
                        nullptr, leftOut));
    }
}

DeletionQuestion DeletionFlow::questionFor(const QList<JobId> &ids) const
{
    DeletionQuestion question;
    for (const JobId &id : ids) {
        const int row = m_core.jobs.rowOf(id);
        if (row < 0)
            continue;
        const Job &job = m_core.jobs.jobAt(row);
        if (m_core.jobs.isDeletableAt(row))
            question.drafts.append({id, job.name, job.created, iTwinText(job.iTwinId)});
        else if (const auto obstacle = m_core.jobs.obstacleAt(row))
            countLeftOut(&question, *obstacle);
        else
            ++question.alreadyBeingDeleted;
    }
    addSurroundings(&question);
    return question;
}

DeletionQuestion DeletionFlow::questionForReview() const
{
    DeletionQuestion question;
    const QList<UnfinishedItem> &left = m_core.recovery.toReview();
    for (const UnfinishedItem &item : left) {
        const Job job = parseJob(item.item.definition).value_or(Job());
        question.drafts.append({item.item.id, item.item.name, job.created, iTwinText(job.iTwinId)});
        question.interruptedAt = item.confirmedAt;
    }
    addSurroundings(&question);
    return question;
}

void DeletionFlow::addSurroundings(DeletionQuestion *question) const
{
    question->origin = m_core.connection.address().origin();
    question->host = m_core.connection.address().authority();
    question->account = m_core.connection.accountName();
    question->recordFailure = m_core.history.failure();
    const DeletionQueue &queue = m_core.queue;
    question->isUnrecorded = question->recordFailure || (queue.isBusy() && !queue.isRecorded());
    question->hold = std::chrono::seconds(m_core.settings.holdSeconds());
    question->tier = m_core.client.effectiveTier();
    if (const QDateTime end = m_core.connection.tokenEndsAt(); end.isValid())
        question->tokenLeft = std::chrono::milliseconds(m_core.clock.utc().msecsTo(end));
    question->duration = m_core.client.timeFor(static_cast<int>(question->drafts.size()));
}

/// The id stands in for a name that has not arrived.
QString DeletionFlow::iTwinText(const QString &iTwinId) const
{
    return m_core.iTwins.nameOrId(iTwinId);
}

QString DeletionFlow::whyNothing(const DeletionQuestion &question)
{
    const bool isOne = question.leftOut.size() == 1 && question.leftOut.first().count == 1
        && question.alreadyBeingDeleted == 0;
    if (isOne)
        return Wording::obstacle(question.leftOut.first().obstacle);
    QStringList reasons;
    for (const DeletionQuestion::LeftOut &leftOut : question.leftOut)
        reasons.append(Wording::leftOut(leftOut.obstacle, leftOut.count));
    if (question.alreadyBeingDeleted > 0)
        reasons.append(Wording::leftOutAsQueued(question.alreadyBeingDeleted));
    if (reasons.isEmpty())
        return tr("Select the jobs to delete first.");
    return tr("Nothing to delete. %1", "reasons").arg(reasons.join(u' '));
}

} // namespace Jobsweep
