// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Named values beneath each other, as assistive programs and people read them: caption and value.

#include <QWidget>

class QGridLayout;

namespace Jobsweep {

class ValueLabel;

class FactGrid final : public QWidget
{
    Q_OBJECT

public:
    explicit FactGrid(QWidget *parent = nullptr);

    /// Stands above the facts that are added after it.
    void addHeading(const QString &title);
    /// Both are made visible already where they are foreign. The label lives until clear().
    ValueLabel *add(const QString &name, const QString &value);
    void clear();

private:
    QGridLayout *m_layout;
    /// Not that of the layout, which never has fewer rows than it ever had.
    int m_rows = 0;
};

} // namespace Jobsweep
