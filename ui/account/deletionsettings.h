// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/settings.h"

#include <QWidget>

class QComboBox;
class QGridLayout;
class QSpinBox;

namespace Jobsweep {

/// The part of the settings that is about deleting: how fast, how long it can be undone, and how
/// long its record is kept. Only shows and asks; nothing is stored before applyTo().
class DeletionSettings final : public QWidget
{
    Q_OBJECT

public:
    explicit DeletionSettings(QWidget *parent = nullptr);

    /// Shows what is stored. `detected` is the tier that the service named, if it did. The tier is
    /// that of the saved address: it cannot be chosen for one that is used for a session only.
    void showValues(const Settings &settings, std::optional<Tier> detected, bool isForSession);
    void applyTo(Settings &settings) const;

    /// What the labels need; a wider column lines up with the fields above.
    [[nodiscard]] int labelWidth() const;
    void setLabelWidth(int width);

private:
    void updateSuffixes();

    QComboBox *m_tier;
    QSpinBox *m_hold;
    QSpinBox *m_days;
    QSpinBox *m_megabytes;
    QGridLayout *m_form;
};

} // namespace Jobsweep
