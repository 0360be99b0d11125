// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/deletionrules.h"
#include "deletion/runitems.h"
#include "deletion/runrecorder.h"
#include "jobs/jobmodel.h"
#include "jobs/jobsapi.h"

#include <QObject>

namespace Jobsweep {

/// What the answer about an item means, with the error that it was, if it was one.
struct Judgement
{
    JobId id;
    Verdict verdict;
    std::optional<ApiError> error;
};

/// Sends the requests about single items, hands what comes back to the recorder, and judges it.
class ItemRequests final : public QObject
{
    Q_OBJECT

public:
    /// The references must outlive this object.
    ItemRequests(RunItems &items, RunRecorder &recorder, JobsApi &api, JobModel &model,
                 QObject *parent = nullptr);

    /// Sends what the item needs next: its DELETE, or the GET that checks. judged() follows from
    /// the event loop.
    void send(const JobId &id);

signals:
    void judged(const Jobsweep::Judgement &judgement);

private:
    void sendDeletion(const RunItem &item);
    void sendCheck(const RunItem &item);
    void takeDeletion(const JobId &id, const Result<JobsApi::Deleted> &answer);
    void takeCheck(const JobId &id, const Result<JobsApi::JobReply> &answer);

    RunItems &m_items;
    RunRecorder &m_recorder;
    JobsApi &m_api;
    JobModel &m_model;
};

} // namespace Jobsweep
