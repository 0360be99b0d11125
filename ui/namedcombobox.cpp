// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/namedcombobox.h"

#include <QAbstractItemView>
#include <QAccessibleWidget>
#include <QLineEdit>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

/// Like Qt's own for combo boxes, but for the name. Its children are the list and the text field.
class NamedComboBoxFace final : public QAccessibleWidget
{
public:
    explicit NamedComboBoxFace(NamedComboBox *box) : QAccessibleWidget(box, QAccessible::ComboBox)
    { }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? box()->currentText() : QAccessibleWidget::text(kind);
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.expandable = true;
        state.expanded = box()->view()->isVisible();
        state.editable = box()->isEditable();
        return state;
    }

    [[nodiscard]] int childCount() const override { return box()->isEditable() ? 2 : 1; }

    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        if (index == 0)
            return QAccessible::queryAccessibleInterface(box()->view());
        return index == 1 && box()->isEditable()
            ? QAccessible::queryAccessibleInterface(box()->lineEdit())
            : nullptr;
    }

    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        if (child->object() == box()->view())
            return 0;
        return box()->isEditable() && child->object() == box()->lineEdit() ? 1 : -1;
    }

    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        return box()->isEditable()
                && box()->lineEdit()->rect().contains(
                    box()->lineEdit()->mapFromGlobal(QPoint(x, y)))
            ? child(1)
            : nullptr;
    }

    [[nodiscard]] QStringList actionNames() const override
    {
        return {showMenuAction(), pressAction()};
    }

    void doAction(const QString &name) override
    {
        if (name != showMenuAction() && name != pressAction())
            return;
        if (box()->view()->isVisible())
            box()->hidePopup();
        else
            box()->showPopup();
    }

private:
    [[nodiscard]] NamedComboBox *box() const { return static_cast<NamedComboBox *>(widget()); }
};

QAccessibleInterface *makeFace(const QString &className, QObject *object)
{
    if (className != "Jobsweep::NamedComboBox"_L1)
        return nullptr;
    return new NamedComboBoxFace(static_cast<NamedComboBox *>(object));
}

} // namespace

NamedComboBox::NamedComboBox(const QString &name, QWidget *parent) : QComboBox(parent)
{
    // Qt itself ignores a factory that is installed already.
    QAccessible::installFactory(makeFace);
    setAccessibleName(name);
}

} // namespace Jobsweep
