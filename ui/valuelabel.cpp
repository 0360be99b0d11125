// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/valuelabel.h"

#include <QAccessibleWidget>

namespace Jobsweep {

namespace {

/// Gives the value as accessible text, beside the name; Qt's own interface has no text.
class AccessibleValueLabel final : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit AccessibleValueLabel(ValueLabel *label)
        : QAccessibleWidget(label, QAccessible::StaticText), m_label(label)
    { }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    using QAccessibleWidget::text;
    [[nodiscard]] QString text(int start, int end) const override
    {
        return m_label->text().mid(start, end - start);
    }
    [[nodiscard]] int characterCount() const override
    {
        return static_cast<int>(m_label->text().size());
    }
    void selection(int index, int *start, int *end) const override
    {
        const bool isThere = index == 0 && m_label->hasSelectedText();
        *start = isThere ? m_label->selectionStart() : 0;
        *end = isThere ? *start + static_cast<int>(m_label->selectedText().size()) : 0;
    }
    [[nodiscard]] int selectionCount() const override { return m_label->hasSelectedText() ? 1 : 0; }
    void addSelection(int start, int end) override { m_label->setSelection(start, end - start); }
    void removeSelection(int /*index*/) override { m_label->setSelection(0, 0); }
    void setSelection(int /*index*/, int start, int end) override
    {
        m_label->setSelection(start, end - start);
    }
    [[nodiscard]] int cursorPosition() const override { return 0; }
    void setCursorPosition(int /*position*/) override { }
    [[nodiscard]] QRect characterRect(int /*offset*/) const override { return rect(); }
    [[nodiscard]] int offsetAtPoint(const QPoint & /*point*/) const override { return 0; }
    void scrollToSubstring(int /*start*/, int /*end*/) override { }
    [[nodiscard]] QString attributes(int /*offset*/, int *start, int *end) const override
    {
        *start = 0;
        *end = characterCount();
        return {};
    }

private:
    ValueLabel *m_label;
};

QAccessibleInterface *makeInterface(const QString & /*className*/, QObject *object)
{
    auto *label = qobject_cast<ValueLabel *>(object);
    return label != nullptr ? new AccessibleValueLabel(label) : nullptr;
}

} // namespace

ValueLabel::ValueLabel(const QString &name, QWidget *parent) : QLabel(parent)
{
    // A factory that is installed again is ignored.
    QAccessible::installFactory(makeInterface);
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrap(true);
    setAccessibleName(name);
}

void ValueLabel::setValue(const QString &value)
{
    const QString before = text();
    if (value == before)
        return;
    setText(value);
    setAccessibleDescription(value);
    QAccessibleTextUpdateEvent update(this, 0, before, value);
    QAccessible::updateAccessibility(&update);
}

} // namespace Jobsweep
