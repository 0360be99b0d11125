// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/morefilters.h"

#include "ui/accessibility.h"
#include "ui/jobs/createdfilter.h"
#include "ui/jobs/flowlayout.h"
#include "ui/plaintext.h"
#include "ui/searchfield.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>
#include <QtMath>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

/// What the service's definition names; not translated, as the table shows the same words.
const QStringList &offeredTypes()
{
    static const QStringList types{u"Full"_s, u"Calibration"_s, u"Reconstruction"_s};
    return types;
}

/// Lines of the expression that are seen at once; for more it scrolls.
constexpr qsizetype mostLines = 3;

SearchField *makeField(const QString &name, const QString &hint)
{
    auto *field = new SearchField;
    field->setAccessibleName(name);
    field->setPlaceholderText(hint);
    field->setMinimumWidth(29 * field->fontMetrics().averageCharWidth());
    return field;
}

QWidget *withCaption(const QString &caption, QWidget *field)
{
    auto *pair = new QWidget;
    auto *layout = new QHBoxLayout(pair);
    layout->setContentsMargins({});
    layout->addWidget(makeCaption(caption, field));
    layout->addWidget(field);
    return pair;
}

} // namespace

MoreFilters::MoreFilters(const Clock &clock, QWidget *parent)
    : QWidget(parent), m_clock(clock), m_created(new CreatedFilter),
      m_name(makeField(tr("Name"), tr("Part of the name"))),
      m_createdBy(makeField(tr("Created by"), tr("Address or a part of it"))),
      m_expression(new QPlainTextEdit)
{
    nameGroup(this, tr("More filters"));
    m_editing.setSingleShot(true);
    m_editing.setInterval(editDelay);
    m_editing.callOnTimeout(this, &MoreFilters::takeQuery);
    const auto takeSoon = [this] { m_editing.start(); };
    connect(m_created, &CreatedFilter::kindChosen, this, [this] {
        m_isSpanEdited = true;
        takeQuery();
    });
    connect(m_created, &CreatedFilter::valueEdited, this, [this, takeSoon] {
        m_isSpanEdited = true;
        takeSoon();
    });
    connect(m_name, &SearchField::searchChanged, this, takeSoon);
    connect(m_createdBy, &SearchField::searchChanged, this, takeSoon);

    auto *fields = new FlowLayout;
    fields->setSpacing(2 * fontMetrics().averageCharWidth());
    fields->addWidget(makeTypes());
    fields->addWidget(m_created);
    fields->addWidget(withCaption(tr("Name"), m_name));
    fields->addWidget(withCaption(tr("Created by"), m_createdBy));
    auto *layout = new QVBoxLayout(this);
    const int side = style()->pixelMetric(QStyle::PM_LayoutLeftMargin);
    const int above = fontMetrics().height() / 4;
    layout->setContentsMargins(side, above, side, above);
    layout->addLayout(fields);
    layout->addWidget(makeExpression());
    showExpression();
}

QWidget *MoreFilters::makeTypes()
{
    auto *types = new QWidget;
    auto *layout = new QHBoxLayout(types);
    layout->setContentsMargins({});
    QLabel *caption = makePlainLabel(tr("Type"));
    caption->setWordWrap(false);
    layout->addWidget(caption);
    for (const QString &type : offeredTypes()) {
        auto *box = new QCheckBox(type);
        box->setToolTip(tr("Only jobs of the checked types; all of them when none is checked"));
        connect(box, &QCheckBox::clicked, this, &MoreFilters::takeQuery);
        m_types.append(box);
        layout->addWidget(box);
    }
    return types;
}

QWidget *MoreFilters::makeExpression()
{
    const QString hint = tr("What the service is asked for; the rest is filtered here");
    m_expression->setAccessibleName(tr("Filter expression"));
    m_expression->setToolTip(hint);
    m_expression->setReadOnly(true);
    m_expression->setTabChangesFocus(true);
    m_expression->setLineWrapMode(QPlainTextEdit::NoWrap);
    // A bar would take the room of a line, and the cursor gets everywhere, too.
    m_expression->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *copy = new QPushButton(tr("Copy"));
    copy->setAccessibleName(tr("Copy Filter Expression"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_expression->toPlainText()); });
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    QLabel *caption = makeCaption(tr("Asked of the service"), m_expression);
    caption->setToolTip(hint);
    layout->addWidget(caption);
    layout->addWidget(m_expression, 1);
    layout->addWidget(copy);
    return row;
}

void MoreFilters::setQuery(const JobQuery &query)
{
    // Not exchanged: what comes may be this very query.
    const JobQuery before = m_query;
    m_query = query;
    for (QCheckBox *box : std::as_const(m_types))
        box->setChecked(query.types.contains(box->text(), Qt::CaseInsensitive));
    if (query.created != before.created) {
        m_created->setRange(query.created);
        m_isSpanEdited = false;
    }
    if (query.name != before.name)
        m_name->showText(query.name);
    if (query.createdBy != before.createdBy)
        m_createdBy->showText(query.createdBy);
    showExpression();
}

void MoreFilters::takeQuery()
{
    m_editing.stop();
    JobQuery query = m_query;
    for (const QCheckBox *box : std::as_const(m_types)) {
        query.types.removeIf([box](const QString &type) {
            return type.compare(box->text(), Qt::CaseInsensitive) == 0;
        });
        if (box->isChecked())
            query.types.append(box->text());
    }
    // A span that came from elsewhere can be finer than the days that are shown of it.
    if (std::exchange(m_isSpanEdited, false))
        query.created = m_created->range();
    query.name = m_name->text().trimmed();
    query.createdBy = m_createdBy->text().trimmed();
    if (query == m_query)
        return;
    m_query = query;
    showExpression();
    emit queryChanged(m_query);
}

void MoreFilters::showExpression()
{
    const QStringList lists = filterExpressions(m_query, FilterForm::Full, m_clock.utc());
    m_expression->setPlainText(lists.join(u'\n'));
    const auto lines = static_cast<int>(std::clamp(lists.size(), qsizetype(1), mostLines));
    // Twice the margin at the bottom: with less it would scroll its last line.
    const int margins = qCeil(3 * m_expression->document()->documentMargin());
    m_expression->setFixedHeight(lines * m_expression->fontMetrics().lineSpacing() + margins
                                 + 2 * m_expression->frameWidth());
    m_expression->setVerticalScrollBarPolicy(lists.size() > mostLines ? Qt::ScrollBarAsNeeded
                                                                      : Qt::ScrollBarAlwaysOff);
}

} // namespace Jobsweep
