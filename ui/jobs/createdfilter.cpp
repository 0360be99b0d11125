// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/createdfilter.h"

#include "ui/namedcombobox.h"
#include "ui/plaintext.h"

#include <QDateEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

namespace Jobsweep {

namespace {

QDateEdit *makeDay(const QString &name)
{
    auto *day = new QDateEdit(QDate::currentDate());
    day->setCalendarPopup(true);
    day->setAccessibleName(name);
    // The service itself is not older.
    day->setMinimumDate(QDate(2000, 1, 1));
    return day;
}

} // namespace

CreatedFilter::CreatedFilter(QWidget *parent)
    : QWidget(parent), m_kind(new NamedComboBox(tr("Created"))), m_days(new QSpinBox),
      m_from(makeDay(tr("First day"))), m_and(makePlainLabel(tr("to", "from one day to another"))),
      m_to(makeDay(tr("Last day")))
{
    const auto add
        = [this](const QString &text, Kind kind) { m_kind->addItem(text, static_cast<int>(kind)); };
    add(tr("Any time"), Kind::AnyTime);
    add(tr("More than … days ago"), Kind::OlderThan);
    add(tr("Before"), Kind::Before);
    add(tr("On or after"), Kind::OnOrAfter);
    add(tr("Between"), Kind::Between);
    m_days->setAccessibleName(tr("Days"));
    m_days->setRange(1, maximumDays);
    m_days->setValue(defaultDays);
    m_days->setSuffix(tr(" days", "behind a number"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(makeCaption(tr("Created"), m_kind));
    for (QWidget *part : std::initializer_list<QWidget *>{m_kind, m_days, m_from, m_and, m_to})
        layout->addWidget(part);
    connect(m_kind, &QComboBox::activated, this, [this] {
        showKind();
        emit kindChosen();
    });
    connect(m_days, &QSpinBox::valueChanged, this, &CreatedFilter::valueEdited);
    connect(m_from, &QDateEdit::dateChanged, this, [this](const QDate &day) {
        m_to->setMinimumDate(day);
        emit valueEdited();
    });
    connect(m_to, &QDateEdit::dateChanged, this, &CreatedFilter::valueEdited);
    showKind();
}

void CreatedFilter::setRange(const CreatedRange &range)
{
    const QSignalBlocker quiet(this);
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kindOf(range))));
    if (range.olderThanDays)
        m_days->setValue(*range.olderThanDays);
    if (range.after.isValid())
        m_from->setDate(range.after.toLocalTime().date());
    else if (range.before.isValid())
        m_from->setDate(range.before.toLocalTime().date());
    if (range.before.isValid())
        m_to->setDate(range.before.toLocalTime().addMSecs(-1).date());
    showKind();
}

CreatedRange CreatedFilter::range() const
{
    CreatedRange range;
    const QDateTime from = m_from->date().startOfDay().toUTC();
    switch (kind()) {
    case Kind::AnyTime:
        break;
    case Kind::OlderThan:
        range.olderThanDays = m_days->value();
        break;
    case Kind::Before:
        range.before = from;
        break;
    case Kind::OnOrAfter:
        range.after = from;
        break;
    case Kind::Between:
        range.after = from;
        range.before = std::max(m_from->date(), m_to->date()).addDays(1).startOfDay().toUTC();
        break;
    }
    return range;
}

CreatedFilter::Kind CreatedFilter::kind() const
{
    return static_cast<Kind>(m_kind->currentData().toInt());
}

void CreatedFilter::showKind()
{
    const Kind kind = this->kind();
    m_days->setVisible(kind == Kind::OlderThan);
    m_from->setVisible(kind == Kind::Before || kind == Kind::OnOrAfter || kind == Kind::Between);
    m_and->setVisible(kind == Kind::Between);
    m_to->setVisible(kind == Kind::Between);
}

CreatedFilter::Kind CreatedFilter::kindOf(const CreatedRange &range)
{
    if (range.olderThanDays)
        return Kind::OlderThan;
    if (range.after.isValid())
        return range.before.isValid() ? Kind::Between : Kind::OnOrAfter;
    return range.before.isValid() ? Kind::Before : Kind::AnyTime;
}

} // namespace Jobsweep
