// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/outcome.h"
#include "http/clock.h"
#include "http/result.h"

#include <QHash>
#include <QList>

#include <deque>
#include <optional>

namespace Jobsweep {

/// One confirmed draft on its way to its outcome.
struct RunItem
{
    JobId id;
    QString name;
    /// The same for all requests about this item.
    QString correlationId;
    /// Whether the next request is the GET that checks, not the DELETE.
    bool needsCheck = false;
    bool isUnderWay = false;
    /// DELETEs that the service may have seen, and checks, since the item was (re)queued.
    int attempts = 0;
    int checks = 0;
    /// Wire sends of its DELETE, over all attempts.
    int sends = 0;
    /// Whether an attempt ended without a certain answer.
    bool wasUnknown = false;
    /// Not to be sent before this.
    Instant notBefore{};
    std::optional<Outcome> outcome;
    std::optional<ApiError> error;
};

/// The items of a run: their order, their counts, their outcomes. Pure; each item gets exactly one
/// outcome.
class RunItems
{
public:
    /// False when the item is there already and has no outcome yet, or is gone.
    bool add(const JobId &id, const QString &name);
    void clear();

    [[nodiscard]] RunItem &at(const JobId &id) { return m_items[id]; }
    /// nullptr when there is no such item.
    [[nodiscard]] const RunItem *find(const JobId &id) const;

    /// Takes out the next item to send: one that comes again goes before the new ones.
    [[nodiscard]] std::optional<JobId> takeNext(Instant now);
    /// When the next item may be sent that may not be sent now.
    [[nodiscard]] std::optional<Instant> nextDue() const;
    /// Puts an item that was taken out back to the front.
    void putBack(const JobId &id, Instant notBefore);
    /// Every item that waits, in order; they wait no more.
    [[nodiscard]] QList<JobId> takeAll();

    void finish(const JobId &id, Outcome outcome, const std::optional<ApiError> &error);
    /// Takes the outcome back, for another try, and puts the item to the end.
    void reopen(const JobId &id);

    [[nodiscard]] const RunSummary &summary() const { return m_summary; }
    [[nodiscard]] int underWay() const { return m_underWay; }
    void setUnderWay(const JobId &id, bool underWay);
    /// Items that did not simply go, in the order of their outcomes.
    [[nodiscard]] const QList<JobId> &problems() const { return m_problems; }

private:
    QHash<JobId, RunItem> m_items;
    std::deque<JobId> m_new;
    std::deque<JobId> m_again;
    QList<JobId> m_problems;
    RunSummary m_summary;
    int m_underWay = 0;
};

} // namespace Jobsweep
