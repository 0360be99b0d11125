// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobsapi.h"

#include <QObject>
#include <QSet>

namespace Jobsweep {

/// Reads the whole answer to one `$filter`, page after page, without a model; for looking whether
/// the service has a job. One at a time.
class JobSearch final : public QObject
{
    Q_OBJECT

public:
    /// Where a list that does not end is ended with an error.
    static constexpr int maximumPages = 100;

    /// `api` must outlive the search.
    explicit JobSearch(JobsApi &api, QObject *parent = nullptr);

    /// finished() follows, unless start() is called again before.
    void start(const QString &filter);

signals:
    /// Every job, or the error of the page that could not be had; not from inside start().
    void finished(const Jobsweep::Result<QList<Jobsweep::Job>> &jobs);

private:
    void requestPage(const QString &continuationToken);
    void takePage(const JobPage &page);
    void fail(MalformedReply::Reason reason);

    JobsApi &m_api;
    QString m_filter;
    QList<Job> m_jobs;
    QSet<QString> m_seenTokens;
    int m_search = 0;
};

} // namespace Jobsweep
