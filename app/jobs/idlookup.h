// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/patience.h"
#include "jobs/jobsapi.h"
#include "jobs/listingfailure.h"

#include <QObject>
#include <QSet>
#include <QStringList>

#include <optional>

namespace Jobsweep {

class PageChain;

/// Looks up jobs by their ids: many at once with the given `id in` filters, which bring only what
/// the person created, then each that these did not bring by a GET. A service that refuses the
/// filters is asked for each. Ids are the same in any case. All is read; a few requests are under
/// way at a time.
class IdLookup final : public QObject
{
    Q_OBJECT

public:
    static constexpr int requestsAtOnce = 6;

    /// `api` must outlive the lookup.
    IdLookup(JobsApi &api, Patience patience, const QList<JobId> &ids, const QStringList &filters,
             QObject *parent = nullptr);

    void start();

    /// What would be the answer to all that were not asked for any more; nothing when all were.
    [[nodiscard]] const std::optional<ApiError> &error() const { return m_error; }

signals:
    void found(const QList<Jobsweep::Job> &jobs);
    /// The service answered that it has no such job, or none that the person may see.
    void notFound(const Jobsweep::JobId &id);
    void failed(const Jobsweep::ListingFailure &failure);
    /// Every id was found, not found or failed; or there is an error().
    void finished();

private:
    void goOn();
    void askPiece();
    void askOne();
    void takePage(PageChain *chain, const JobPage &page);
    void endPiece(PageChain *chain);
    void takeJob(const JobId &id, const Result<JobsApi::JobReply> &reply);
    void finish(const std::optional<ApiError> &error);

    JobsApi &m_api;
    Patience m_patience;
    QList<JobId> m_ids;
    QStringList m_filters;
    /// In lower case; those that no answer has settled.
    QSet<QString> m_open;
    qsizetype m_next = 0;
    int m_underWay = 0;
    int m_pieces = 0;
    std::optional<ApiError> m_error;
    bool m_isFinished = false;
    bool m_acceptsPieces = false;
};

} // namespace Jobsweep
