// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deletion/deletionpreview.h"

#include "http/requestrules.h"
#include "ui/deletion/confirmdeletion.h"
#include "ui/plaintext.h"
#include "ui/valuelabel.h"
#include "ui/wording.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

/// More of them scroll.
constexpr int shownRequests = 6;

QString durationText(const DeletionQuestion &question)
{
    if (!question.duration)
        return DeletionPreview::tr("not known before the first answers");
    const QString time = Wording::duration(*question.duration);
    return question.tier ? DeletionPreview::tr("about %1").arg(time)
                         : DeletionPreview::tr("about %1, if no limit is reached").arg(time);
}

} // namespace

DeletionPreview::DeletionPreview(const DeletionQuestion &question, QWidget *parent)
    : QWidget(parent)
{
    const auto count = static_cast<int>(question.drafts.size());
    auto *requests = new QPlainTextEdit(requestLines(question));
    requests->setAccessibleName(tr("Requests"));
    requests->setReadOnly(true);
    requests->setTabChangesFocus(true);
    requests->setLineWrapMode(QPlainTextEdit::NoWrap);
    requests->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    const int lines = std::min(count, shownRequests);
    // Beneath the last line there is a margin only where nothing follows it.
    const int margins = count > shownRequests ? 1 : 2;
    requests->setFixedHeight(lines * requests->fontMetrics().lineSpacing()
                             + margins * static_cast<int>(requests->document()->documentMargin())
                             + 2 * requests->frameWidth());

    auto *facts = new QFormLayout;
    facts->setContentsMargins({});
    facts->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto add = [facts](const QString &name, const QString &value) {
        auto *label = new ValueLabel(name);
        label->setValue(value);
        facts->addRow(makeCaption(tr("%1:", "name of a fact").arg(name), label), label);
    };
    add(tr("First request"),
        question.hold.count() == 0
            ? tr("at once")
            : tr("in %1; until then it can be undone").arg(Wording::duration(question.hold)));
    add(tr("Limit"),
        question.tier ? Wording::tierLimits(*question.tier)
                      : tr("not known yet; the service says when it is reached"));
    add(tr("Duration"), durationText(question));
    add(tr("Record"),
        question.isUnrecorded ? tr("none") : tr("every request and answer, in the history"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(makePlainLabel(
        count == 1 ? tr("One request, if nothing gets in its way:")
                   : tr("%Ln requests, if nothing gets in their way:", nullptr, count)));
    layout->addWidget(requests);
    layout->addLayout(facts);
}

QString DeletionPreview::requestLines(const DeletionQuestion &question)
{
    QStringList lines;
    lines.reserve(question.drafts.size());
    for (const DeletionQuestion::Draft &draft : question.drafts)
        lines.append("DELETE "_L1 % question.origin % jobsPath % u'/' % visibleText(draft.id.text));
    return lines.join(u'\n');
}

} // namespace Jobsweep
