// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace Jobsweep {

/// Scrolls up and down only: at least as wide as what it holds, so that nothing is cut off at its
/// side, whatever the service put into it. An id is one long word, and as such not broken.
class VerticalScrollArea final : public QScrollArea
{
    Q_OBJECT

public:
    explicit VerticalScrollArea(QWidget *content, QWidget *parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
};

} // namespace Jobsweep
