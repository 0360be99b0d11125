// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Jobs as text for the clipboard. Never holds the token.

#include "http/exchange.h"
#include "http/serviceaddress.h"
#include "jobs/jobmodel.h"

#include <QList>
#include <QString>

#include <optional>

namespace Jobsweep {

class JobTableProxy;

/// Foreign text on one line: line breaks, tabs and other control characters become spaces.
[[nodiscard]] QString onOneLine(const QString &foreign);

/// The same as a cell of a table that programs take in by tabs: an apostrophe before what a
/// spreadsheet would take for a formula.
[[nodiscard]] QString tableCell(const QString &foreign);

/// One line for each row, cells between tabs. Texts of the service are complete, everything else is
/// as the table shows it.
[[nodiscard]] QString copiedRows(const JobTableProxy &proxy, const QList<int> &rows,
                                 const QList<JobModel::Column> &columns);

/// For a POSIX shell, as one word whatever is in it.
[[nodiscard]] QString shellQuoted(const QString &text);

/// A command that asks for this job, or deletes it, at exactly `address`, with `$TOKEN` for the
/// shell to fill in; redirects are not followed. Nothing when the request must not be sent, see
/// mayBeSent(), or the id is not safe.
[[nodiscard]] std::optional<QString> curlCommand(Verb verb, const JobId &id,
                                                 const ServiceAddress &address);

} // namespace Jobsweep
