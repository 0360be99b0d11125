// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/clock.h"
#include "jobs/drafttraits.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>

class QAction;
class QMenu;

namespace Jobsweep {

class JobTable;
class JobTableProxy;
class OlderDrafts;

/// The menu "Select": finds drafts among the rows that are shown and selects them and nothing else.
/// A draft is a job that can be deleted now. Adds to the table's context menu, too.
class JobSelection final : public QObject
{
    Q_OBJECT

public:
    static constexpr int defaultDays = 90;

    /// The references must outlive this object; the table's window is the parent of what it opens.
    JobSelection(JobTable &table, JobTableProxy &proxy, Clock &clock, QObject *parent = nullptr);

    /// To be made once. `selectAll` comes first in it.
    [[nodiscard]] QMenu *makeMenu(QAction *selectAll, QWidget *parent);

    void selectAllDrafts();
    void selectOlderDrafts(const QDateTime &utc);
    /// Nothing happens when the value is empty.
    void selectDraftsSharing(SharedTrait trait, const QString &value);
    void invert();
    /// Asks for the age.
    void askForAge();

signals:
    /// A sentence for the status bar.
    void message(const QString &sentence);

private:
    void selectDrafts(const std::function<bool(const Job &)> &isWanted, const QString &ifNone);
    void updateSharing();
    void addSharing(QMenu *menu, const Job &job);

    JobTable &m_table;
    JobTableProxy &m_proxy;
    Clock &m_clock;
    /// About the current job.
    QHash<SharedTrait, QAction *> m_sharing;
    QPointer<OlderDrafts> m_question;
    int m_days = defaultDays;
};

} // namespace Jobsweep
