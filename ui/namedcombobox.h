// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A combo box that assistive programs know by its accessible name: on Unix, Qt reports the chosen
// text as the name of a QComboBox, so that it would change with every choice.

#include <QComboBox>

namespace Jobsweep {

class NamedComboBox final : public QComboBox
{
    Q_OBJECT

public:
    explicit NamedComboBox(const QString &name, QWidget *parent = nullptr);
};

} // namespace Jobsweep
