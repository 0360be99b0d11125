// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Writes a part of the history to a file that a person keeps. Does not wait: it works on a thread
// of its own.

#include "deletion/historyexport.h"

#include <QFuture>

#include <stop_token>

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

using ExportFailure = std::variant<HistoryFailure, TargetFailure>;
using ExportResult = tl::expected<ExportEnd, ExportFailure>;

/// The future tells its progress in items and always gets a result: also after `stop`, because that
/// may come too late.
[[nodiscard]] QFuture<ExportResult> exportHistory(const ExportOrder &order, std::stop_token stop);

} // namespace Jobsweep
