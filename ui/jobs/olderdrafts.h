// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/throttle.h"

#include <QDateTime>
#include <QDialog>

class QPushButton;
class QSpinBox;

namespace Jobsweep {

class JobTableProxy;
class ValueLabel;

/// Asks how old the drafts are that are to be selected, and says how many of those shown that are
/// while jobs still come and go. Accepted, it has an answer; selecting is up to who asks.
class OlderDrafts final : public QDialog
{
    Q_OBJECT

public:
    /// `proxy` must outlive the dialog; ages are counted from `utcNow`, also when it stays open.
    OlderDrafts(const JobTableProxy &proxy, const QDateTime &utcNow, int days,
                QWidget *parent = nullptr);

    [[nodiscard]] int days() const;
    /// UTC.
    [[nodiscard]] QDateTime createdBefore() const;

private:
    void count();

    const JobTableProxy &m_proxy;
    QDateTime m_utcNow;
    QSpinBox *m_days;
    ValueLabel *m_result;
    QPushButton *m_select;
    Throttle m_counts;
};

} // namespace Jobsweep
