// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shortcutsheet.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace Jobsweep {

namespace {

QString nameOf(const QAction &action)
{
    return QString(action.text()).remove(u'&');
}

void addLines(ShortcutGroup *group, const QList<QAction *> &actions, QSet<const QAction *> *named)
{
    for (const QAction *action : actions) {
        if (const QMenu *menu = action->menu())
            addLines(group, menu->actions(), named);
        const auto keys = QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText);
        if (keys.isEmpty() || named->contains(action))
            continue;
        named->insert(action);
        group->lines.append({nameOf(*action), keys});
    }
}

} // namespace

QList<ShortcutGroup> shortcutsIn(const QMenuBar &menus, const QWidget &widget)
{
    QList<ShortcutGroup> groups;
    QSet<const QAction *> named;
    const auto add = [&](const QString &title, const QList<QAction *> &actions) {
        ShortcutGroup group{title, {}};
        addLines(&group, actions, &named);
        if (!group.lines.isEmpty())
            groups.append(group);
    };
    const auto all = menus.actions();
    for (const QAction *menu : all)
        add(nameOf(*menu), menu->menu() ? menu->menu()->actions() : QList<QAction *>());
    add(widget.accessibleName(), widget.actions());
    return groups;
}

ShortcutSheet::ShortcutSheet(const QList<ShortcutGroup> &groups, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard Shortcuts"));
    auto *sheet = new QTreeWidget;
    sheet->setAccessibleName(windowTitle());
    sheet->setHeaderLabels({tr("Action"), tr("Keys")});
    sheet->setRootIsDecorated(false);
    sheet->setItemsExpandable(false);
    sheet->setUniformRowHeights(true);
    sheet->setSelectionMode(QAbstractItemView::SingleSelection);
    for (const ShortcutGroup &group : groups) {
        auto *title = new QTreeWidgetItem(sheet, {group.title});
        QFont bold = sheet->font();
        bold.setBold(true);
        title->setFont(0, bold);
        for (const ShortcutGroup::Line &line : group.lines)
            new QTreeWidgetItem(title, {line.action, line.keys});
    }
    sheet->expandAll();
    sheet->setCurrentItem(sheet->topLevelItem(0));
    sheet->header()->setSectionsMovable(false);
    sheet->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    sheet->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(sheet);
    layout->addWidget(buttons);
    sheet->setFocus();
    const int letter = fontMetrics().averageCharWidth();
    resize(70 * letter, 28 * fontMetrics().height());
}

} // namespace Jobsweep
