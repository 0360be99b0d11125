// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Jobsweep {

struct DeletionQuestion;

/// What a confirmed deletion will do, without sending anything: the exact requests, the limit they
/// keep to, when the first of them leaves and how long all of them will take.
class DeletionPreview final : public QWidget
{
    Q_OBJECT

public:
    explicit DeletionPreview(const DeletionQuestion &question, QWidget *parent = nullptr);

    /// One request a line, in the order of sending.
    [[nodiscard]] static QString requestLines(const DeletionQuestion &question);
};

} // namespace Jobsweep
