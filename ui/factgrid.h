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

    /// `value` is made visible already where it is foreign. The label lives until clear().
    ValueLabel *add(const QString &name, const QString &value);
    void clear();

private:
    QGridLayout *m_layout;
};

} // namespace Jobsweep
