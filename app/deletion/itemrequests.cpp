// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/itemrequests.h"

#include "http/whendone.h"

namespace Jobsweep {
namespace {

template<typename Answer>
AnswerRecord recordOf(const Result<Answer> &answer, int documentedStatus)
{
    if (answer)
        return {.status = documentedStatus, .error = {}, .exchange = answer->exchange};
    return {.status = statusOf(answer.error()),
            .error = answer.error(),
            .exchange = exchangeOf(answer.error())};
}

} // namespace

ItemRequests::ItemRequests(RunItems &items, RunRecorder &recorder, JobsApi &api, JobModel &model,
                           QObject *parent)
    : QObject(parent), m_items(items), m_recorder(recorder), m_api(api), m_model(model)
{ }

void ItemRequests::send(const JobId &id)
{
    const RunItem &item = m_items.at(id);
    if (item.needsCheck)
        sendCheck(item);
    else
        sendDeletion(item);
}

void ItemRequests::sendDeletion(const RunItem &item)
{
    Q_ASSERT(item.isIntended);
    whenDone(
        m_api.remove(item.id, item.correlationId), this,
        [this, id = item.id](const Result<JobsApi::Deleted> &answer) { takeDeletion(id, answer); });
}

void ItemRequests::sendCheck(const RunItem &item)
{
    whenDone(
        m_api.job(item.id, item.correlationId), this,
        [this, id = item.id](const Result<JobsApi::JobReply> &answer) { takeCheck(id, answer); });
}

void ItemRequests::takeDeletion(const JobId &id, const Result<JobsApi::Deleted> &answer)
{
    RunItem &item = m_items.at(id);
    const AnswerRecord record = recordOf(answer, 204);
    m_recorder.answered(item, record);
    const Verdict verdict = judgeDeletion(record.error, {item.sends, item.wasUnknown});
    // The last send of a request that was turned away has certainly deleted nothing.
    const int sends = record.exchange.sends;
    const bool turnedAway = verdict.item == ItemStep::Repeat && sends > 0;
    item.sends += turnedAway ? sends - 1 : sends;
    // What became of the sends before it nobody has said.
    if (turnedAway && sends > 1)
        item.needsCheck = item.wasUnknown = true;
    emit judged({id, verdict, record.error});
}

void ItemRequests::takeCheck(const JobId &id, const Result<JobsApi::JobReply> &answer)
{
    const AnswerRecord record = recordOf(answer, 200);
    m_recorder.answered(m_items.at(id), record);
    if (answer)
        m_model.update(answer->job);
    const auto job = answer.map([](const JobsApi::JobReply &found) { return found.job; });
    emit judged({id, judgeCheck(job, id), record.error});
}

} // namespace Jobsweep
