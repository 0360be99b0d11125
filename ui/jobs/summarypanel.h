// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobsummary.h"
#include "ui/jobs/barlist.h"

#include <QStackedWidget>

#include <functional>

class QLabel;

namespace Jobsweep {

class ValueLabel;

/// The summary as people see it: how many drafts, their estimated cost, and bars by iTwin, creator,
/// age and type; or a sentence that says why there is nothing to sum up.
class SummaryPanel final : public QStackedWidget
{
    Q_OBJECT

public:
    /// The longest bars of each kind are shown, and the rest together.
    static constexpr int shownGroups = 8;

    /// Gives an iTwin's name; empty when it is not known.
    using ITwinName = std::function<QString(const QString &id)>;

    explicit SummaryPanel(ITwinName nameOfITwin, QWidget *parent = nullptr);

    /// Whether more may come, or what has come is all there is.
    enum class Extent { SoFar, Complete };
    /// The bars of ages stand for times before `utcNow`.
    void setSummary(const JobSummary &summary, Extent extent, const QDateTime &utcNow);

    [[nodiscard]] QSize sizeHint() const override;

signals:
    /// The table is to show these jobs only.
    void filterRequested(const Jobsweep::SummaryFilter &filter);

private:
    [[nodiscard]] QList<Bar> barsOf(const QList<SummaryGroup> &groups,
                                    JobModel::Column column) const;
    [[nodiscard]] QString titleOf(const QString &value, JobModel::Column column) const;

    ITwinName m_nameOfITwin;
    QLabel *m_nothing;
    ValueLabel *m_count;
    QLabel *m_cost;
    QLabel *m_note;
    BarList *m_iTwins;
    BarList *m_creators;
    BarList *m_ages;
    BarList *m_types;
};

} // namespace Jobsweep
