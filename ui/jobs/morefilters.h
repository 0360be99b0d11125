// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/clock.h"
#include "jobs/jobquery.h"

#include <QTimer>
#include <QWidget>

#include <chrono>

class QCheckBox;
class QPlainTextEdit;

namespace Jobsweep {

class CreatedFilter;
class SearchField;

/// The filters that have no place in the tool bar: type, time of creation, name and creator; and
/// the `$filter` expression that comes of it all, to be read and copied.
class MoreFilters final : public QWidget
{
    Q_OBJECT

public:
    /// Between the last key in a field and queryChanged(), beside the field's own delay.
    static constexpr std::chrono::milliseconds editDelay{350};

    /// `clock` says what "days ago" counts from; it must outlive this.
    explicit MoreFilters(const Clock &clock, QWidget *parent = nullptr);

    /// Shows the query without announcing it; what is just being typed stays.
    void setQuery(const JobQuery &query);

signals:
    /// The whole query with the person's change in it.
    void queryChanged(const Jobsweep::JobQuery &query);

private:
    [[nodiscard]] QWidget *makeTypes();
    [[nodiscard]] QWidget *makeExpression();
    void takeQuery();
    void showExpression();

    const Clock &m_clock;
    QList<QCheckBox *> m_types;
    CreatedFilter *m_created;
    SearchField *m_name;
    SearchField *m_createdBy;
    QPlainTextEdit *m_expression;
    QTimer m_editing;
    /// Whether the person changed it since it was shown.
    bool m_isSpanEdited = false;
    JobQuery m_query;
};

} // namespace Jobsweep
