// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core.h"

#include <QObject>

class QWidget;

namespace Jobsweep {

struct DeletionQuestion;

/// From "delete these" to a confirmed run: sorts out what cannot go, asks, and hands what the
/// person agreed to to the queue. Nothing is deleted without that answer, and nothing without a
/// record unless the person was told why there is none.
class DeletionFlow final : public QObject
{
    Q_OBJECT

public:
    /// `core` must outlive this object; `window` is its parent and that of the questions.
    DeletionFlow(Core &core, QWidget &window);

    void request(const QList<JobId> &ids);
    /// Asks what to do with what an interrupted deletion left over.
    void review();

signals:
    /// Why jobs that were asked or confirmed for are not deleted, in a sentence.
    void message(const QString &sentence);

private:
    [[nodiscard]] bool mayAsk();
    void ask(const DeletionQuestion &question);
    void askWithoutRecord(const DeletionQuestion &question);
    [[nodiscard]] DeletionQuestion questionFor(const QList<JobId> &ids) const;
    [[nodiscard]] DeletionQuestion questionForReview() const;
    void addSurroundings(DeletionQuestion *question) const;
    [[nodiscard]] QString iTwinText(const QString &iTwinId) const;
    [[nodiscard]] static QString whyNothing(const DeletionQuestion &question);
    void start(const QList<JobId> &confirmed, bool isReview, bool isRecorded);

    Core &m_core;
    QWidget &m_window;
};

} // namespace Jobsweep
