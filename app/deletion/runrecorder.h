// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deletion/history.h"
#include "deletion/runitems.h"
#include "http/clock.h"

#include <QObject>

namespace Jobsweep {

/// Writes one run into the history: its items before anything is sent, the intention to send each
/// before its DELETE, every answer, every outcome. Makes items ready to be sent as their intention
/// becomes durable; with waive() they are ready at once and nothing more is written.
class RunRecorder final : public QObject
{
    Q_OBJECT

public:
    /// Items whose intention is recorded ahead of their turn, so that one commit serves many. After
    /// a crash each of them needs a check.
    static constexpr int mostAhead = 64;
    /// Always so many, for the requests that leave as soon as the limit allows.
    static constexpr int leastAhead = 6;

    /// The references must outlive the recorder.
    RunRecorder(RunItems &items, History &history, Clock &clock, QObject *parent = nullptr);

    /// Begins a run; forgets the one before.
    void begin(const NewRun &run);
    /// Names the run otherwise, as long as nothing of it is in the history.
    void nameUnlessBegun(const NewRun &run);
    /// Items that the person confirmed for this run. Their order is that of the calls.
    void add(const QList<NewItem> &items);
    /// The person goes on without a record.
    void waive();
    [[nodiscard]] bool isWaived() const { return m_isWaived; }

    /// Records the intention of the next items, so that `sendable` requests find one ready. Does
    /// nothing while the history fails, until retry().
    void recordAhead(int sendable);
    /// After failed(): what is to be recorded next may be tried again.
    void retry() { m_hasFailed = false; }

    void answered(const RunItem &item, const AnswerRecord &answer);
    void finished(const RunItem &item);
    /// Items that wait for another try, or for a person to look.
    void reopened(const QStringList &correlationIds);

signals:
    /// More items are ready.
    void itemsReady();
    /// What has to be durable before anything is sent could not be written.
    void failed(const Jobsweep::HistoryFailure &failure);

private:
    [[nodiscard]] bool mayBeInFile() const;
    void writeItems();
    void takeWritten(const Recorded &result);
    void fail(const HistoryFailure &failure);

    RunItems &m_items;
    History &m_history;
    Clock &m_clock;
    NewRun m_run;
    bool m_hasBegun = false;
    /// Confirmed, but not durably recorded yet.
    QList<NewItem> m_unwritten;
    /// How many of them, from the first on, are being written.
    qsizetype m_written = 0;
    bool m_isWriting = false;
    bool m_isWaived = false;
    bool m_hasFailed = false;
    /// Counts the runs: what was asked for an older one is no news.
    int m_generation = 0;
};

} // namespace Jobsweep
