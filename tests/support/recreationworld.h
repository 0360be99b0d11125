// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/recreation.h"
#include "tests/support/deletionworld.h"
#include "tests/support/fakehistory.h"

namespace Jobsweep::Testing {

/// Everything that creates deleted drafts again, on a fake network, clock and history. Its service
/// lists the jobs that appeared; it creates none of them by itself.
struct RecreationWorld
{
    RecreationWorld();

    /// What one POST comes to.
    struct Post
    {
        Answer answer;
        /// Jobs like the draft of draftNamed("Bridge") that the list has from then on.
        QStringList appearing = {};
    };

    /// A draft as the history gives it, its item "item-NAME".
    [[nodiscard]] static DeletedDraft draftNamed(const QString &name);
    /// 201 with a job of this id.
    [[nodiscard]] static Answer created(const QString &id, int sends = 1);
    /// A job in the list.
    [[nodiscard]] QByteArray job(const QString &id, const QString &name = QStringLiteral("Bridge"),
                                 const QByteArray &workspace = "w",
                                 const QByteArray &type = "Full") const;

    void start(const QStringList &names = {QStringLiteral("Bridge")});
    /// The requests so far: "GET" for the list, "POST NAME" for a creation.
    [[nodiscard]] QStringList requests() const;
    void settle() const;
    void pass(std::chrono::milliseconds duration);
    /// Lets so much time pass that every back-off ends.
    void passBackoffs();

    [[nodiscard]] const RecreationItem &item(int index = 0) const
    {
        return recreation.items().at(index);
    }

    /// Used up by the POSTs in their order.
    QList<Post> posts;
    /// Used up by the GETs of the list; afterwards they get `listed`.
    QList<Answer> searches;
    QList<QByteArray> listed;

    FakeNetwork network;
    FakeClock clock;
    RateLimiter limiter;
    RestClient client{network, limiter, clock, [] { return 1.0; }};
    JobsApi api{client};
    FakeHistory history;
    Recreation recreation{api, history, clock, [] { return 1.0; }};

private:
    [[nodiscard]] Answer answer(const Seen &seen);
};

} // namespace Jobsweep::Testing
