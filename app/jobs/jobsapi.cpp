// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobsapi.h"

#include "http/requestrules.h"

#include <QtConcurrentRun>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

QString pathOf(const JobId &id)
{
    return jobsPath + u'/' + id.text;
}

/// Puts what is known of the exchange into an error that a parser made.
ApiError withExchange(ApiError error, const Reply &reply)
{
    if (auto *malformed = std::get_if<MalformedReply>(&error)) {
        malformed->status = reply.status;
        malformed->contentType = reply.contentType;
        malformed->exchange = reply.exchange;
    }
    return error;
}

// The client is the context of what follows: it lives as long as its futures do.

/// Parses the body of a 200 on another thread; hands on any other end as it is.
template<typename T>
QFuture<Result<T>> parsed(RestClient *context, QFuture<Result<Reply>> answer,
                          Result<T> (*parse)(const Reply &))
{
    return answer
        .then(context,
              [parse](const Result<Reply> &reply) -> QFuture<Result<T>> {
                  if (!reply)
                      return QtFuture::makeReadyFuture(Result<T>(tl::unexpected(reply.error())));
                  if (reply->status != 200) {
                      return QtFuture::makeReadyFuture(
                          Result<T>(tl::unexpected<ApiError>(asFailure(*reply))));
                  }
                  return QtConcurrent::run([parse, reply = *reply]() -> Result<T> {
                      return parse(reply).map_error(
                          [&reply](const ApiError &error) { return withExchange(error, reply); });
                  });
              })
        .unwrap();
}

Result<JobPage> readPage(const Reply &reply)
{
    return parseJobPage(reply.body);
}

Result<JobsApi::JobReply> readJob(const Reply &reply)
{
    return parseJobReply(reply.body).map([&reply](const Job &job) {
        return JobsApi::JobReply{job, reply.exchange};
    });
}

} // namespace

JobsApi::JobsApi(RestClient &client, QObject *parent) : QObject(parent), m_client(client) { }

QFuture<Result<JobPage>> JobsApi::page(const QString &filter, const QString &continuationToken,
                                       int top)
{
    Request request;
    request.path = jobsPath;
    request.query = {{u"$filter"_s, percentEncoded(filter)}, {u"$top"_s, QString::number(top)}};
    if (!continuationToken.isEmpty())
        request.query.addQueryItem(u"continuationToken"_s, percentEncoded(continuationToken));
    request.maximumBytes = maximumPageBytes;
    return parsed(&m_client, m_client.send(request), &readPage);
}

QFuture<Result<JobsApi::JobReply>> JobsApi::job(const JobId &id, const QString &correlationId)
{
    Request request;
    request.path = pathOf(id);
    request.correlationId = correlationId;
    return parsed(&m_client, m_client.send(request), &readJob);
}

QFuture<Result<JobsApi::Deleted>> JobsApi::remove(const JobId &id, const QString &correlationId)
{
    Request request;
    request.verb = Verb::Delete;
    request.path = pathOf(id);
    request.correlationId = correlationId;
    return m_client.send(request).then(&m_client,
                                       [](const Result<Reply> &reply) -> Result<Deleted> {
                                           if (!reply)
                                               return tl::unexpected(reply.error());
                                           if (reply->status != 204)
                                               return tl::unexpected<ApiError>(asFailure(*reply));
                                           return Deleted{reply->exchange};
                                       });
}

QFuture<Result<JobsApi::JobReply>> JobsApi::create(const QByteArray &body,
                                                   const QString &correlationId)
{
    Request request;
    request.verb = Verb::Post;
    request.path = jobsPath;
    request.body = body;
    request.correlationId = correlationId;
    request.isSentOnce = true;
    return m_client.send(request).then(
        &m_client, [](const Result<Reply> &reply) -> Result<JobReply> {
            if (!reply)
                return tl::unexpected(reply.error());
            if (reply->status != 201)
                return tl::unexpected<ApiError>(asFailure(*reply));
            // One small object: not worth another thread.
            return readJob(*reply).map_error(
                [&reply](const ApiError &error) { return withExchange(error, *reply); });
        });
}

} // namespace Jobsweep
