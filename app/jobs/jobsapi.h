// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/restclient.h"
#include "jobs/job.h"

#include <QFuture>
#include <QObject>

namespace Jobsweep {

/// The service's operations on jobs, typed. Futures end as RestClient::send() says; bodies are
/// parsed off this thread.
class JobsApi final : public QObject
{
    Q_OBJECT

public:
    static constexpr int pageSize = 1000;
    static constexpr qint64 maximumPageBytes = 16 * 1024 * 1024;

    /// A DELETE that was answered with 204.
    struct Deleted
    {
        Exchange exchange;
    };

    /// A job as the service has it: the answer to a GET, or to the POST that created it.
    struct JobReply
    {
        Job job;
        Exchange exchange;

        friend bool operator==(const JobReply &, const JobReply &) = default;
    };

    explicit JobsApi(RestClient &client, QObject *parent = nullptr);

    [[nodiscard]] QFuture<Result<JobPage>>
    page(const QString &filter, const QString &continuationToken, int top = pageSize);
    [[nodiscard]] QFuture<Result<JobReply>> job(const JobId &id, const QString &correlationId = {});
    /// Deletes one draft. Success is exactly 204; every other answer is an error.
    [[nodiscard]] QFuture<Result<Deleted>> remove(const JobId &id, const QString &correlationId);
    /// Creates one draft from a body that creationFrom() made. Success is exactly 201 with a job;
    /// every other answer is an error. The request leaves once at most, see Request::isSentOnce.
    [[nodiscard]] QFuture<Result<JobReply>> create(const QByteArray &body,
                                                   const QString &correlationId);

    [[nodiscard]] RestClient &client() { return m_client; }

private:
    RestClient &m_client;
};

} // namespace Jobsweep
