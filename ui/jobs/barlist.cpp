// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/barlist.h"

#include "ui/accessibility.h"
#include "ui/colors.h"
#include "ui/plaintext.h"
#include "ui/summarywording.h"
#include "ui/wording.h"

#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QStyleOptionFocusRect>
#include <QVBoxLayout>

#include <algorithm>

namespace Jobsweep {

namespace {

/// A title of this many average characters fits beside the numbers at the least.
constexpr int shortestTitle = 12;

int gapOf(const QWidget &widget)
{
    return widget.fontMetrics().averageCharWidth();
}

int paddingOf(const QWidget &widget)
{
    return std::max(widget.fontMetrics().height() / 6, 2);
}

QString countText(const DraftTotals &totals)
{
    return QLocale().toString(totals.drafts);
}

/// Empty when there is nothing to add up.
QString costText(const DraftTotals &totals)
{
    return totals.withoutCost == totals.drafts ? QString() : Wording::cost(totals.cost);
}

int widthOf(const QString &text, const QWidget &widget)
{
    return widget.fontMetrics().horizontalAdvance(text);
}

/// Where the parts of a line are, from its leading to its trailing side.
struct Line
{
    QRect title;
    QRect count;
    QRect cost;
};

Line lineIn(const QWidget &widget, const QRect &rect, int countWidth, int costWidth)
{
    const int gap = gapOf(widget);
    const QRect inner = rect.adjusted(gap, 0, -gap, 0);
    Line line;
    line.cost = {inner.right() - costWidth + 1, inner.top(), costWidth, inner.height()};
    line.count = {line.cost.left() - 2 * gap - countWidth, inner.top(), countWidth, inner.height()};
    line.title = {inner.topLeft(), QPoint(line.count.left() - gap, inner.bottom())};
    for (QRect *part : {&line.title, &line.count, &line.cost})
        *part = QStyle::visualRect(widget.layoutDirection(), rect, *part);
    return line;
}

void drawText(QPainter &painter, const QWidget &widget, const QRect &rect, const QString &text,
              Qt::Alignment alignment)
{
    const Qt::Alignment visual
        = QStyle::visualAlignment(widget.layoutDirection(), alignment | Qt::AlignVCenter);
    painter.drawText(rect, static_cast<int>(visual) | Qt::TextSingleLine, text);
}

QColor mixed(const QColor &one, const QColor &other, float share)
{
    const auto mix = [share](float a, float b) { return a + (b - a) * share; };
    return QColor::fromRgbF(mix(one.redF(), other.redF()), mix(one.greenF(), other.greenF()),
                            mix(one.blueF(), other.blueF()));
}

/// As much of the highlight colour as still lets one read the text on it.
QColor barColor(const QPalette &palette)
{
    const QColor ground = palette.color(QPalette::Window);
    for (float share = 0.5F; share > 0.1F; share -= 0.05F) {
        const QColor color = mixed(ground, palette.color(QPalette::Highlight), share);
        if (contrast(color, palette.color(QPalette::WindowText)) >= leastContrast)
            return color;
    }
    return ground;
}

} // namespace

BarList::BarList(const QString &title, QWidget *parent) : QWidget(parent), m_title(title)
{
    nameGroup(this, title);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(std::max(paddingOf(*this) / 2, 1));
    fitHeader();
}

void BarList::setBars(const QList<Bar> &bars)
{
    int greatest = 1;
    m_countWidth = widthOf(tr("Drafts"), *this);
    m_costWidth = widthOf(tr("Est. cost"), *this);
    for (const Bar &bar : bars) {
        greatest = std::max(greatest, bar.totals.drafts);
        m_countWidth = std::max(m_countWidth, widthOf(countText(bar.totals), *this));
        m_costWidth = std::max(m_costWidth, widthOf(costText(bar.totals), *this));
    }
    while (m_buttons.size() < bars.size())
        m_buttons.append(addButton());
    for (qsizetype i = 0; i < bars.size(); ++i) {
        const Bar &bar = bars.at(i);
        m_buttons.at(i)->setBar(bar, static_cast<double>(bar.totals.drafts) / greatest,
                                m_countWidth, m_costWidth);
    }
    m_shown = bars.size();
    for (qsizetype i = 0; i < m_buttons.size(); ++i)
        m_buttons.at(i)->setVisible(i < m_shown);
    if (m_shown > 0
        && std::none_of(m_buttons.cbegin(), m_buttons.cbegin() + m_shown,
                        [](const BarButton *b) { return b->focusPolicy() == Qt::StrongFocus; }))
        makeTabStop(m_buttons.constFirst());
    update();
}

BarButton *BarList::addButton()
{
    auto *button = new BarButton(this);
    layout()->addWidget(button);
    connect(button, &QAbstractButton::clicked, this,
            [this, button] { emit activated(button->bar().filter); });
    connect(button, &BarButton::focused, this, [this, button] { makeTabStop(button); });
    return button;
}

void BarList::makeTabStop(const BarButton *stop)
{
    for (BarButton *button : std::as_const(m_buttons))
        button->setFocusPolicy(button == stop ? Qt::StrongFocus : Qt::ClickFocus);
}

void BarList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect header(0, 0, width(), layout()->contentsMargins().top());
    const auto [title, count, cost] = lineIn(*this, header, m_countWidth, m_costWidth);
    painter.setPen(palette().color(QPalette::WindowText));
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    drawText(painter, *this, title, m_title, Qt::AlignLeading);
    painter.setFont(font());
    drawText(painter, *this, count, tr("Drafts"), Qt::AlignTrailing);
    drawText(painter, *this, cost, tr("Est. cost"), Qt::AlignTrailing);
}

void BarList::keyPressEvent(QKeyEvent *event)
{
    const auto focused = std::find_if(m_buttons.cbegin(), m_buttons.cend(),
                                      [](const BarButton *button) { return button->hasFocus(); });
    qsizetype next = focused - m_buttons.cbegin();
    switch (event->key()) {
    case Qt::Key_Up:
        --next;
        break;
    case Qt::Key_Down:
        ++next;
        break;
    case Qt::Key_Home:
        next = 0;
        break;
    case Qt::Key_End:
        next = m_shown - 1;
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (next >= 0 && next < m_shown)
        m_buttons.at(next)->setFocus(Qt::OtherFocusReason);
}

void BarList::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        fitHeader();
    QWidget::changeEvent(event);
}

void BarList::fitHeader()
{
    layout()->setContentsMargins(0, fontMetrics().height() + 2 * paddingOf(*this), 0, 0);
}

BarButton::BarButton(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::ClickFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleDescription(tr("Shows these jobs in the table"));
}

void BarButton::setBar(const Bar &bar, double share, int countWidth, int costWidth)
{
    if (bar != m_bar) {
        m_bar = bar;
        const QString sentence = Wording::groupSentence(bar.title, bar.totals);
        setAccessibleName(sentence);
        setToolTip(escapedForRichText(sentence));
    }
    m_share = share;
    m_countWidth = countWidth;
    m_costWidth = costWidth;
    updateGeometry();
    update();
}

QSize BarButton::sizeHint() const
{
    const int numbers = m_countWidth + m_costWidth + 5 * gapOf(*this);
    return {2 * shortestTitle * fontMetrics().averageCharWidth() + numbers,
            fontMetrics().height() + 2 * paddingOf(*this)};
}

QSize BarButton::minimumSizeHint() const
{
    return sizeHint() - QSize(shortestTitle * fontMetrics().averageCharWidth(), 0);
}

void BarButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBar(painter);
    painter.setPen(palette().color(QPalette::WindowText));
    const auto [title, count, cost] = lineIn(*this, rect(), m_countWidth, m_costWidth);
    drawText(painter, *this, title,
             fontMetrics().elidedText(m_bar.title, Qt::ElideRight, title.width()),
             Qt::AlignLeading);
    drawText(painter, *this, count, countText(m_bar.totals), Qt::AlignTrailing);
    drawText(painter, *this, cost, costText(m_bar.totals), Qt::AlignTrailing);
    if (hasFocus()) {
        QStyleOptionFocusRect focus;
        focus.initFrom(this);
        focus.backgroundColor = palette().color(QPalette::Window);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, &painter, this);
    }
}

void BarButton::paintBar(QPainter &painter) const
{
    const QColor color = barColor(palette());
    const int radius = paddingOf(*this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || isDown()) {
        painter.setPen(color);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
    if (m_share <= 0)
        return;
    // A bar that is not nothing can be seen.
    const int length = std::max(static_cast<int>(width() * m_share), 2 * radius);
    const QRect bar = QStyle::visualRect(layoutDirection(), rect(), {0, 0, length, height()});
    painter.setPen(Qt::NoPen);
    painter.setBrush(isDown() ? mixed(color, palette().color(QPalette::Window), 0.4F) : color);
    painter.drawRoundedRect(bar, radius, radius);
}

void BarButton::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        // For the list: the base class would go to whatever comes next.
        event->ignore();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void BarButton::focusInEvent(QFocusEvent *event)
{
    QAbstractButton::focusInEvent(event);
    emit focused();
}

} // namespace Jobsweep
