// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/exportfile.h"

#include <functional>

class QWidget;

namespace Jobsweep {

struct ExportQuestion
{
    QString title;
    /// Where the dialog begins; the person's documents when it is not there.
    QString folder;
    /// What the file is called unless the person says otherwise, without an ending.
    QString baseName;
    ExportFormat format = ExportFormat::Csv;
};

/// Opens the desktop's file dialog, which asks before a file is replaced. `chosen` is called with
/// the file's name and the format that its ending names, and not at all when the person cancels or
/// `parent` goes.
void askForExportTarget(
    QWidget *parent, const ExportQuestion &question,
    const std::function<void(const QString &fileName, ExportFormat format)> &chosen);

} // namespace Jobsweep
