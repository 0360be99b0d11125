// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/serviceaddress.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace Jobsweep {

/// What the person asked for on the command line.
struct CommandLine
{
    bool demo = false;
    /// How many jobs the demo has; its own number when absent.
    std::optional<int> demoJobs;
    /// Instead of the saved one, for this session.
    std::optional<ServiceAddress> serviceAddress;
};

/// The program is to print this and end, without a window: help and version on standard output with
/// exit code 0, a mistake on standard error with exit code 2.
struct CommandLineEnd
{
    int exitCode = 0;
    QString text;
};

/// The largest demo: what fits into memory with room to spare.
inline constexpr int maximumDemoJobs = 1'000'000;

/// `arguments` begin with the program's name. Needs a QCoreApplication, no display.
[[nodiscard]] std::variant<CommandLine, CommandLineEnd>
parseCommandLine(const QStringList &arguments);

/// What a second copy of the program prints before it ends.
[[nodiscard]] QString cameToFrontText();
/// What a second copy says when the first has the profile and does not answer.
[[nodiscard]] QString doesNotAnswerText();

} // namespace Jobsweep
