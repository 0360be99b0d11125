// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/codes.h"
#include "deletion/history.h"

#include <QHash>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <memory>
#include <utility>

namespace Jobsweep::Testing {

/// A history in memory. Answers through the event loop, in the order of the calls, and only while
/// it is not held.
class FakeHistory final : public History
{
public:
    using History::History;

    struct Item
    {
        NewItem item;
        QString run;
        ItemStage stage = ItemStage::Confirmed;
        bool wasIntended = false;
        std::optional<Outcome> outcome = {};
        QList<AnswerRecord> answers = {};
        int outcomes = 0;
    };

    /// By job id.
    QHash<QString, Item> items;
    QList<NewRun> runs;
    /// What unfinished() gives.
    QList<UnfinishedItem> leftOver;
    QList<RequestCount> requestCounts;

    [[nodiscard]] std::optional<HistoryFailure> failure() const override { return m_failure; }
    /// From now on every write fails with it; or succeeds again.
    void setFailure(const std::optional<HistoryFailure> &failure)
    {
        m_failure = failure;
        emit failureChanged();
    }
    /// Whether an answer is on its way that is not held.
    [[nodiscard]] bool isAnswering() const { return m_answering > 0; }
    /// Keeps every answer back until release().
    void hold() { m_held = true; }
    void release()
    {
        m_held = false;
        const auto waiting = std::exchange(m_waiting, {});
        for (const auto &answer : waiting)
            answer();
    }

    QFuture<Recorded> begin(const NewRun &run, const QList<NewItem> &added) override
    {
        return write([this, run, added] {
            runs.append(run);
            add(run.id, added);
        });
    }
    QFuture<Recorded> addItems(const QString &run, const QList<NewItem> &added) override
    {
        return write([this, run, added] { add(run, added); });
    }
    QFuture<Recorded> intend(const QStringList &ids, const QDateTime &) override
    {
        return write([this, ids] {
            for (const QString &id : ids) {
                Item &item = of(id);
                item.stage = ItemStage::Intended;
                item.wasIntended = true;
            }
        });
    }
    QFuture<Recorded> answered(const QString &id, const AnswerRecord &answer) override
    {
        return write([this, id, answer] { of(id).answers.append(answer); });
    }
    QFuture<Recorded> finish(const QString &id, Outcome outcome, const QDateTime &) override
    {
        return write([this, id, outcome] {
            Item &item = of(id);
            item.stage = ItemStage::Finished;
            item.outcome = outcome;
            ++item.outcomes;
        });
    }
    QFuture<Recorded> reopen(const QStringList &ids) override
    {
        return write([this, ids] {
            for (const QString &id : ids) {
                Item &item = of(id);
                item.stage
                    = item.outcome == Outcome::Unknown ? ItemStage::Intended : ItemStage::Confirmed;
                item.outcome.reset();
                item.outcomes = 0;
            }
        });
    }
    QFuture<QList<UnfinishedItem>> unfinished(const QString &) override
    {
        return answer<QList<UnfinishedItem>>([this] { return leftOver; });
    }
    QFuture<Recorded> intendCreation(const QString &item, const QString &id,
                                     const QDateTime &at) override
    {
        return write([this, item, id, at] { openCreations[item].append({id, at}); });
    }
    QFuture<Recorded> finishCreation(const QString &id, CreationOutcome outcome, const JobId &newId,
                                     const QDateTime &) override
    {
        return write([this, id, outcome, newId] {
            creationOutcomes.append(outcome);
            createdIds.append(newId);
            if (outcome == CreationOutcome::Unknown)
                return;
            for (auto &open : openCreations)
                open.removeIf([&id](const UnfinishedCreation &c) { return c.correlationId == id; });
        });
    }
    QFuture<QList<UnfinishedCreation>> unfinishedCreations(const QString &item) override
    {
        return answer<QList<UnfinishedCreation>>(
            [this, item] { return openCreations.value(item); });
    }
    QFuture<Recorded> clear() override
    {
        return write([this] {
            items.removeIf(
                [](const auto &entry) { return entry.value().stage == ItemStage::Finished; });
        });
    }
    void countRequests(const QString &, const RequestCount &count) override
    {
        requestCounts.append(count);
    }
    QFuture<QList<RequestCount>> requestsSince(const QString &, const QDateTime &) override
    {
        return answer<QList<RequestCount>>([this] { return requestCounts; });
    }

    QList<CreationOutcome> creationOutcomes;
    /// The new ids that came with them.
    QList<JobId> createdIds;
    /// Attempts without an outcome, by item.
    QHash<QString, QList<UnfinishedCreation>> openCreations;

private:
    void add(const QString &run, const QList<NewItem> &added)
    {
        for (const NewItem &item : added) {
            m_jobOf.insert(item.correlationId, item.id.text);
            items.insert(item.id.text, {item, run});
        }
    }
    Item &of(const QString &correlationId) { return items[m_jobOf.value(correlationId)]; }

    QFuture<Recorded> write(const std::function<void()> &carryOut)
    {
        return answer<Recorded>([this, carryOut]() -> Recorded {
            if (m_failure)
                return tl::unexpected(*m_failure);
            carryOut();
            return {};
        });
    }
    template<typename Answer>
    QFuture<Answer> answer(const std::function<Answer()> &carryOut)
    {
        auto promise = std::make_shared<QPromise<Answer>>();
        promise->start();
        ++m_answering;
        QTimer::singleShot(0, this, [this, promise, carryOut] {
            --m_answering;
            const auto finish = [promise, carryOut] {
                promise->addResult(carryOut());
                promise->finish();
            };
            if (m_held)
                m_waiting.append(finish);
            else
                finish();
        });
        return promise->future();
    }

    std::optional<HistoryFailure> m_failure;
    QHash<QString, QString> m_jobOf;
    QList<std::function<void()>> m_waiting;
    int m_answering = 0;
    bool m_held = false;
};

} // namespace Jobsweep::Testing
