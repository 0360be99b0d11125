// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobquery.h"

#include <QWidget>

class QDateEdit;
class QLabel;
class QSpinBox;

namespace Jobsweep {

class NamedComboBox;

/// When jobs were created: any time, older than some days, before, on or after a day, or between
/// two. Days are those of the person's time zone, both ends of "between" included.
class CreatedFilter final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int defaultDays = 90;
    static constexpr int maximumDays = 9999;

    explicit CreatedFilter(QWidget *parent = nullptr);

    /// Shows it without announcing it.
    void setRange(const CreatedRange &range);
    [[nodiscard]] CreatedRange range() const;

signals:
    /// Another kind of range was chosen …
    void kindChosen();
    /// … or a number or a day changed, as often as keys are pressed.
    void valueEdited();

private:
    enum class Kind { AnyTime, OlderThan, Before, OnOrAfter, Between };

    [[nodiscard]] Kind kind() const;
    void showKind();
    [[nodiscard]] static Kind kindOf(const CreatedRange &range);

    NamedComboBox *m_kind;
    QSpinBox *m_days;
    QDateEdit *m_from;
    QLabel *m_and;
    QDateEdit *m_to;
};

} // namespace Jobsweep
