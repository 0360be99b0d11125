// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commandline.h"

#include "ui/wording.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Jobsweep::CommandLine)
};

CommandLineEnd mistake(const QString &sentence)
{
    constexpr int usageError = 2;
    return {usageError, "jobsweep: "_L1 % sentence % u'\n'};
}

} // namespace

std::variant<CommandLine, CommandLineEnd> parseCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Texts::tr("Deletes Reality Modeling jobs that were created and never submitted."));
    // Qt's own brings --help-all along, for options of Qt's that this program does not take.
    const QCommandLineOption help({u"h"_s, u"help"_s}, Texts::tr("Displays this help."));
    parser.addOption(help);
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption demo(
        u"demo"_s, Texts::tr("Try the program with a service of its own on this machine."));
    const QCommandLineOption demoJobs(u"demo-jobs"_s,
                                      Texts::tr("Like --demo, with this many jobs."), u"N"_s);
    const QCommandLineOption address(
        u"service-address"_s, Texts::tr("Use this service address for this session."), u"URL"_s);
    parser.addOptions({demo, demoJobs, address});

    if (!parser.parse(arguments))
        return mistake(parser.errorText());
    if (parser.isSet(help))
        return CommandLineEnd{0, parser.helpText()};
    if (parser.isSet(version)) {
        return CommandLineEnd{0, "jobsweep "_L1 % QCoreApplication::applicationVersion() % u'\n'};
    }
    if (const QStringList rest = parser.positionalArguments(); !rest.isEmpty())
        return mistake(Texts::tr("“%1” is not an option.").arg(rest.constFirst()));

    CommandLine result;
    result.demo = parser.isSet(demo) || parser.isSet(demoJobs);
    if (parser.isSet(demoJobs)) {
        bool isNumber = false;
        const int jobs = parser.value(demoJobs).toInt(&isNumber);
        if (!isNumber || jobs < 0 || jobs > maximumDemoJobs) {
            return mistake(Texts::tr("--demo-jobs takes a number from 0 to %1, not “%2”.")
                               .arg(QString::number(maximumDemoJobs), parser.value(demoJobs)));
        }
        result.demoJobs = jobs;
    }
    if (parser.isSet(address)) {
        if (result.demo)
            return mistake(Texts::tr("--demo and --service-address exclude each other."));
        const auto parsed = ServiceAddress::parse(parser.value(address));
        if (!parsed) {
            return mistake(
                Texts::tr("“%1” cannot be the service address: %2")
                    .arg(parser.value(address), Wording::addressProblem(parsed.error())));
        }
        result.serviceAddress = *parsed;
    }
    return result;
}

QString cameToFrontText()
{
    return Texts::tr("Jobsweep is running already; its window was brought to the front.");
}

QString doesNotAnswerText()
{
    return Texts::tr(
        "Another Jobsweep uses the same history and does not answer. Two at once could "
        "send the same deletion twice, so this one ends. Close the other one first.");
}

} // namespace Jobsweep
