// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/patience.h"
#include "jobs/jobsapi.h"

#include <QObject>
#include <QSet>
#include <QStringList>

#include <optional>

namespace Jobsweep {

/// Walks the pages of one list from token to token. Whoever takes a page calls goOn(), or deletes
/// the chain; after ended(), or after goOn() said no, it has nothing more to say.
class PageChain final : public QObject
{
    Q_OBJECT

public:
    /// `filters` are the ways to ask for the same list, at least one: when the service refuses the
    /// first with 422 or 400, the next one is asked with. `api` must outlive the chain.
    PageChain(JobsApi &api, Patience patience, const QStringList &filters,
              QObject *parent = nullptr);

    void start();
    /// Asks for the page after the one that arrived. False at the end, or with an error().
    /// `hasNew` is whether the page had a job that was not known before.
    [[nodiscard]] bool goOn(bool hasNew);

    /// What kept the chain from getting to the end; nothing when it did.
    [[nodiscard]] const std::optional<ApiError> &error() const { return m_error; }

signals:
    void arrived(const Jobsweep::JobPage &page);
    /// The service refused the way in which the list was asked for.
    void refused(const QString &filter);
    /// A page could not be had, see error().
    void ended();

private:
    void requestPage();
    void takePage(const JobPage &page);
    void takeError(const ApiError &error);
    void fail(const ApiError &error);

    JobsApi &m_api;
    Patience m_patience;
    QStringList m_filters;
    JobPage m_page;
    QSet<QString> m_seenTokens;
    std::optional<ApiError> m_error;
    bool m_hasPage = false;
};

} // namespace Jobsweep
