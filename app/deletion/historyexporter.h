// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Writes a part of the history to a file that a person keeps. Does not wait: it works on a thread
// of its own.

#include "deletion/historyexport.h"

#include <QFuture>

namespace Jobsweep {

/// The items that pass the filter, or the named ones when there are any.
struct ExportOrder
{
    QString historyFile;
    HistoryFilter filter;
    QList<qint64> numbers;
    ExportFormat format = ExportFormat::Csv;
    QString targetFile;
};

/// The target could not be written; it is as it was before.
struct TargetFailure
{
    QString fileName;
    bool isDiskFull = false;
    /// The system's own words.
    QString technicalText;

    friend bool operator==(const TargetFailure &, const TargetFailure &) = default;
};

using ExportFailure = std::variant<HistoryFailure, TargetFailure>;
/// How many items were written.
using ExportResult = tl::expected<qint64, ExportFailure>;

/// The future tells its progress in items and can be cancelled; then, as after a failure, the
/// target is as it was before: it is replaced only once everything is on the disk.
[[nodiscard]] QFuture<ExportResult> exportHistory(const ExportOrder &order);

} // namespace Jobsweep
