// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/deletionflow.h"

#include "ui/deletion/confirmdeletion.h"
#include "ui/wording.h"

#include <QMessageBox>
#include <QPushButton>
#include <QStringList>

#include <algorithm>

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

DeletionFlow::DeletionFlow(JobModel &jobs, ITwins &iTwins, DeletionQueue &queue,
                           Connection &connection, QWidget &window)
    : QObject(&window), m_jobs(jobs), m_iTwins(iTwins), m_queue(queue), m_connection(connection),
      m_window(window)
{ }

void DeletionFlow::request(const QList<JobId> &ids)
{
    const DeletionQuestion question = questionFor(ids);
    if (question.drafts.isEmpty()) {
        emit message(whyNothing(question));
        return;
    }
    auto *dialog = new ConfirmDeletion(question, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConfirmDeletion::confirmed, this, &DeletionFlow::start);
    connect(&m_connection, &Connection::addressChanged, dialog, &QDialog::reject);
    dialog->open();
}

/// The list may have changed while the person was thinking.
void DeletionFlow::start(const QList<JobId> &confirmed)
{
    const int leftOut = static_cast<int>(confirmed.size()) - m_queue.start(confirmed);
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
        const int row = m_jobs.rowOf(id);
        if (row < 0)
            continue;
        const Job &job = m_jobs.jobAt(row);
        if (m_jobs.isDeletableAt(row))
            question.drafts.append({id, job.name, job.created, iTwinText(job)});
        else if (const auto obstacle = m_jobs.obstacleAt(row))
            countLeftOut(&question, *obstacle);
        else
            ++question.alreadyBeingDeleted;
    }
    const Account &account = m_connection.account();
    question.host = m_connection.address().url().host();
    question.account = account.displayName.isEmpty() ? account.email : account.displayName;
    return question;
}

/// The id stands in for a name that has not arrived.
QString DeletionFlow::iTwinText(const Job &job) const
{
    const QString name = m_iTwins.nameOf(job.iTwinId);
    return name.isEmpty() ? job.iTwinId : name;
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

void DeletionFlow::requestToClose()
{
    auto *question = new QMessageBox(QMessageBox::Warning, tr("Stop the deletion?"),
                                     tr("A deletion is under way. Stop it and close Jobsweep?"),
                                     QMessageBox::NoButton, &m_window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(
        tr("Answers that are still to come are awaited; jobs that were not sent stay."));
    QPushButton *stop = question->addButton(tr("Stop and Close"), QMessageBox::DestructiveRole);
    QPushButton *stay = question->addButton(tr("Go On Deleting"), QMessageBox::RejectRole);
    question->setDefaultButton(stay);
    question->setEscapeButton(stay);
    connect(stop, &QPushButton::clicked, this, &DeletionFlow::stopAndClose);
    question->open();
}

void DeletionFlow::stopAndClose()
{
    if (!m_queue.isBusy()) {
        emit readyToClose();
        return;
    }
    connect(&m_queue, &DeletionQueue::runFinished, this, &DeletionFlow::readyToClose,
            Qt::SingleShotConnection);
    m_queue.stop();
}

} // namespace Jobsweep
