// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/outcome.h"
#include "http/clock.h"
#include "http/result.h"

#include <QHash>
#include <QList>
#include <QSet>

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
    /// Whether the history durably says that its DELETE is about to be sent.
    bool isIntended = false;
    /// Whether the next request is the GET that checks, not the DELETE.
    bool needsCheck = false;
    /// Left over by an earlier session: it may be checked, but not sent before a person agreed.
    bool needsReview = false;
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
    std::optional<Outcome> outcome = {};
    std::optional<ApiError> error = {};
};

/// The items of a run: their order, their counts, their outcomes. Pure; each item gets exactly one
/// outcome. An item is held at first; released, it waits until its intention is recorded, also when
/// its first request is a check: that it may have been sent must outlive the process. Then it is
/// ready to be sent.
class RunItems
{
public:
    enum class Place { Held, Released };
    /// Adds an item. One that is there and did not go is taken again; false when it has no outcome
    /// yet or is gone.
    bool add(const RunItem &item, Place place);
    void clear();

    [[nodiscard]] RunItem &at(const JobId &id) { return m_items[id]; }
    /// nullptr when there is no such item.
    [[nodiscard]] const RunItem *find(const JobId &id) const;

    [[nodiscard]] const QList<JobId> &held() const { return m_held; }
    void releaseHeld();

    /// Takes out the next items whose intention has to be recorded, at most so many.
    [[nodiscard]] QList<JobId> takeUnintended(int most);
    /// They were recorded and are ready now …
    void setIntended(const QList<JobId> &ids);
    /// … or could not be, and wait again in their old places.
    void setUnintended(const QList<JobId> &ids);
    /// Ready to be sent now, or being recorded; those that wait for their time do not count.
    [[nodiscard]] int preparedCount() const;

    /// Takes out the next item to send: one that comes again goes before the new ones.
    [[nodiscard]] std::optional<JobId> takeNext(Instant now);
    /// When the next item may be sent that may not be sent now.
    [[nodiscard]] std::optional<Instant> nextDue() const;
    /// Puts an item that was taken out back to the front.
    void putBack(const JobId &id, Instant notBefore);
    /// Every item that waits, in order, also the held ones; they wait no more.
    [[nodiscard]] QList<JobId> takeAll();
    /// The held ones alone.
    [[nodiscard]] QList<JobId> takeHeld();

    void finish(const JobId &id, Outcome outcome, const std::optional<ApiError> &error);
    /// Takes the outcomes back, for another try, and puts the items to the end, released.
    void reopen(const QList<JobId> &ids);
    /// Takes an item out that waits nowhere, as if it had never been in the run.
    void withdraw(const JobId &id);

    [[nodiscard]] const RunSummary &summary() const { return m_summary; }
    /// Items without an outcome that may be gone or not, until the service was asked.
    [[nodiscard]] int inDoubt() const;
    [[nodiscard]] int underWay() const { return m_underWay; }
    void setUnderWay(const JobId &id, bool underWay);
    /// Items that did not simply go, in the order of their outcomes.
    [[nodiscard]] const QList<JobId> &problems() const { return m_problems; }

private:
    void release(const JobId &id);
    void takeBackOutcome(RunItem &item);

    QHash<JobId, RunItem> m_items;
    QList<JobId> m_held;
    std::deque<JobId> m_unintended;
    /// Taken out by takeUnintended() and not back yet; in order.
    QList<JobId> m_beingIntended;
    std::deque<JobId> m_ready;
    std::deque<JobId> m_again;
    QList<JobId> m_problems;
    RunSummary m_summary;
    int m_underWay = 0;
};

} // namespace Jobsweep
