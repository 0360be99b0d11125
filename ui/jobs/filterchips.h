// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

class QPushButton;
class QToolButton;

namespace Jobsweep {

class FlowLayout;
class ValueLabel;

/// A row that says by what the list is narrowed, with a button to take each away. Hidden when there
/// is nothing to say; takes more lines where it is narrow.
class FilterChips final : public QWidget
{
    Q_OBJECT

public:
    explicit FilterChips(QWidget *parent = nullptr);

    /// Plain texts. A person who removed one by the keyboard goes on with its neighbour.
    void setChips(const QStringList &texts);
    /// "12 of 1,204 match"; behind the chips.
    void setMatches(const QString &text);

signals:
    /// The place of the chip in what setChips() was given.
    void removeRequested(int index);
    void clearRequested();
    /// The last chip is gone and the keyboard focus needs another place.
    void focusLeft();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Chip
    {
        QWidget *frame;
        QToolButton *remove;
    };

    [[nodiscard]] Chip makeChip(const QString &text);
    [[nodiscard]] int focusedChip() const;
    void removeChips();

    FlowLayout *m_layout;
    ValueLabel *m_matches;
    QPushButton *m_clear;
    QStringList m_texts;
    std::vector<Chip> m_chips;
};

} // namespace Jobsweep
