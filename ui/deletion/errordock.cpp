// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/errordock.h"

#include "ui/deletion/errorpanel.h"

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

ErrorDock::ErrorDock(const JobModel &jobs, const DeletionQueue &queue, RestClient &client,
                     Clock &clock, QWidget *parent)
    : QDockWidget(tr("Error"), parent), m_jobs(jobs), m_queue(queue), m_client(client),
      m_panel(new ErrorPanel(clock, [&client](const QString &text) { return client.redact(text); }))
{
    setObjectName(u"errorDock"_s);
    setWidget(m_panel);
    connect(&jobs, &JobModel::errorChanged, this, &ErrorDock::takeError);
    connect(&queue, &DeletionQueue::phaseChanged, this, &ErrorDock::takePhase);
    connect(&queue, &DeletionQueue::itemFinished, this, &ErrorDock::takeOutcome);
    connect(&client, &RestClient::pauseChanged, this, &ErrorDock::updateCountdown);
    hide();
}

void ErrorDock::showJob(const std::optional<JobId> &id)
{
    // Rows that come and go announce the selection again although it stays.
    if (id == m_selected)
        return;
    m_selected = id;
    // Its row was selected along with it, or it has none.
    if (m_problem && (!id || id == m_problem))
        return;
    // Behind the details of the job it stays there: they are what the person looks through.
    if (explainSelected())
        show();
}

void ErrorDock::showProblem(const JobId &id)
{
    const RunItem *item = m_queue.item(id);
    if (!item || !item->error) {
        m_problem.reset();
        m_showsPhase = false;
        m_showsSelected = false;
        m_panel->clear();
        return;
    }
    explainItem(*item);
    m_problem = id;
    showInFront();
}

void ErrorDock::showError(const ApiError &error, Occasion occasion)
{
    explain(error, occasion, {});
    showInFront();
}

void ErrorDock::showInFront()
{
    show();
    raise();
}

void ErrorDock::explain(const ApiError &error, Occasion occasion, const QString &jobName)
{
    m_problem.reset();
    m_showsPhase = false;
    m_showsSelected = false;
    m_panel->setError(error, occasion, jobName);
    updateCountdown();
}

bool ErrorDock::explainSelected()
{
    const ApiError *error = m_selected ? m_jobs.errorOf(*m_selected) : nullptr;
    if (error) {
        const Job *job = m_jobs.find(*m_selected);
        const bool isUnknown = m_jobs.markOf(*m_selected) == DeletionMark::Unknown;
        explain(*error, deletionOccasion(*error, isUnknown), job ? job->name : QString());
        m_showsSelected = true;
    } else if (!m_showsPhase && (m_selected || m_showsSelected)) {
        m_problem.reset();
        m_showsSelected = false;
        m_panel->clear();
    }
    return error != nullptr;
}

void ErrorDock::explainItem(const RunItem &item)
{
    const bool isUnknown = item.outcome == Outcome::Unknown;
    explain(*item.error, deletionOccasion(*item.error, isUnknown), item.name);
}

void ErrorDock::takeError(const JobId &id)
{
    if (m_problem ? id == m_problem : id == m_selected) {
        if (m_problem)
            showProblem(id);
        else if (explainSelected())
            showInFront();
    }
}

void ErrorDock::takePhase()
{
    updateCountdown();
    if (m_queue.phaseError() == m_phaseError)
        return;
    m_phaseError = m_queue.phaseError();
    if (m_phaseError) {
        showError(*m_phaseError, deletionOccasion(*m_phaseError, false));
        m_showsPhase = true;
    } else if (m_showsPhase) {
        m_showsPhase = false;
        m_panel->clear();
        explainSelected();
    }
}

void ErrorDock::takeOutcome(const JobId &id)
{
    const RunItem *item = m_queue.item(id);
    if (!item || !item->error)
        return;
    // The first one that did not go explains itself; the others are in the list of problems.
    const bool isFirst = m_queue.problems().size() == 1 && m_queue.problems().first() == id;
    // So does the one whose answer stopped the run: now it is known what that meant for it.
    const bool isBehindPhase = m_showsPhase && item->error == m_phaseError;
    if (!isFirst && !isBehindPhase)
        return;
    explainItem(*item);
    m_showsPhase = isBehindPhase;
    if (isFirst)
        showInFront();
}

void ErrorDock::updateCountdown()
{
    const auto queueUntil = m_queue.pausedUntil();
    m_panel->setContinuesAt(queueUntil ? queueUntil : m_client.pausedUntil());
}

} // namespace Jobsweep
