// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A label that shows the present value of something that has a name of its own, such as the HTTP
// status: assistive programs get the name and the value, where a QLabel gives only one of them.

#include <QLabel>

namespace Jobsweep {

class ValueLabel final : public QLabel
{
    Q_OBJECT

public:
    /// `name` is the accessible name, and stays.
    explicit ValueLabel(const QString &name, QWidget *parent = nullptr);

    /// Plain text, made visible already where it is foreign.
    void setValue(const QString &value);
};

} // namespace Jobsweep
