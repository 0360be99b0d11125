// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobsummary.h"

#include <QAbstractButton>
#include <QList>

namespace Jobsweep {

/// What a bar shows, and what it stands for.
struct Bar
{
    /// Made visible already where it is foreign.
    QString title;
    DraftTotals totals;
    SummaryFilter filter;

    friend bool operator==(const Bar &, const Bar &) = default;
};

class BarButton;

/// Counts of drafts as horizontal bars beneath a title: buttons in a column, of which Tab reaches
/// one and the arrow keys the others. They are as long as their counts are to the greatest one's.
class BarList final : public QWidget
{
    Q_OBJECT

public:
    explicit BarList(const QString &title, QWidget *parent = nullptr);

    /// Bars keep their places and the focus, whatever they show then.
    void setBars(const QList<Bar> &bars);

signals:
    /// A bar was clicked, or Enter or Space pressed on it.
    void activated(const Jobsweep::SummaryFilter &filter);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    BarButton *addButton();
    void makeTabStop(const BarButton *stop);
    void fitHeader();

    QString m_title;
    QList<BarButton *> m_buttons;
    qsizetype m_shown = 0;
    int m_countWidth = 0;
    int m_costWidth = 0;
};

/// One of them.
class BarButton final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit BarButton(QWidget *parent);

    /// `share` is the bar's part of the greatest one, from 0 to 1; the widths are those of the
    /// columns.
    void setBar(const Bar &bar, double share, int countWidth, int costWidth);
    [[nodiscard]] const Bar &bar() const { return m_bar; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void focused();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void paintBar(QPainter &painter) const;

    Bar m_bar;
    double m_share = 0;
    int m_countWidth = 0;
    int m_costWidth = 0;
};

} // namespace Jobsweep
