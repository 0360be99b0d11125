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
    connect(&jobs, &JobModel::errorChanged, this, [this](const JobId &id) {
        if (id == m_selected)
            showJob(id);
    });
    connect(&queue, &DeletionQueue::phaseChanged, this, &ErrorDock::takePhase);
    connect(&queue, &DeletionQueue::itemFinished, this, &ErrorDock::takeOutcome);
    connect(&client, &RestClient::pauseChanged, this, &ErrorDock::updateCountdown);
    hide();
}

void ErrorDock::showJob(const std::optional<JobId> &id)
{
    m_selected = id;
    if (const ApiError *error = id ? m_jobs.errorOf(*id) : nullptr) {
        const Job *job = m_jobs.find(*id);
        const bool isUnknown = m_jobs.markOf(*id) == DeletionMark::Unknown;
        showError(*error, deletionOccasion(*error, isUnknown), job ? job->name : QString());
        m_showsSelected = true;
    } else if (!m_showsPhase && (id || m_showsSelected)) {
        m_showsSelected = false;
        m_panel->clear();
    }
}

void ErrorDock::showProblem(const JobId &id)
{
    const RunItem *item = m_queue.item(id);
    if (item && item->error) {
        const bool isUnknown = item->outcome == Outcome::Unknown;
        showError(*item->error, deletionOccasion(*item->error, isUnknown), item->name);
    }
}

void ErrorDock::showError(const ApiError &error, Occasion occasion, const QString &jobName)
{
    m_showsPhase = false;
    m_showsSelected = false;
    m_panel->setError(error, occasion, jobName);
    updateCountdown();
    show();
}

void ErrorDock::takePhase()
{
    if (m_queue.phaseError()) {
        showError(*m_queue.phaseError(), deletionOccasion(*m_queue.phaseError(), false));
        m_showsPhase = true;
    } else if (m_showsPhase) {
        m_showsPhase = false;
        m_panel->clear();
        showJob(m_selected);
    }
    updateCountdown();
}

void ErrorDock::takeOutcome(const JobId &id)
{
    // The first one that did not go explains itself; the others are in the list of problems. So
    // does the one whose answer stopped the run: now it is known what the answer meant for it.
    const RunItem *item = m_queue.item(id);
    const bool isFirst = m_queue.problems().size() == 1 && m_queue.problems().first() == id;
    const bool isBehindPhase
        = m_showsPhase && item && item->error && item->error == m_queue.phaseError();
    if (isFirst || isBehindPhase)
        showProblem(id);
    m_showsPhase = m_showsPhase || isBehindPhase;
}

void ErrorDock::updateCountdown()
{
    const auto queueUntil = m_queue.pausedUntil();
    m_panel->setContinuesAt(queueUntil ? queueUntil : m_client.pausedUntil());
}

} // namespace Jobsweep
