// SPDX-License-Identifier: GPL-3.0-or-later
// jobsweep-demo-service: the demo service as a program of its own.
#include "demo/demoservice.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>
#include <limits>
#include <optional>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int usageError = 2;

int fail(int exitCode, const QString &message)
{
    std::fputs(qPrintable(u"jobsweep-demo-service: %1\n"_s.arg(message)), stderr);
    return exitCode;
}

/// Reads options one by one and remembers the first that is wrong.
class OptionReader final
{
public:
    explicit OptionReader(const QCommandLineParser &parser) : m_parser(parser) { }

    [[nodiscard]] QString problem() const { return m_problem; }

    template<typename Number>
    void read(const QString &name, Number &value, qint64 least,
              qint64 greatest = std::numeric_limits<Number>::max())
    {
        if (m_parser.isSet(name)) {
            const QString text = m_parser.value(name);
            const auto found = number(text, least, greatest);
            note(name, text, found.has_value());
            value = static_cast<Number>(found.value_or(value));
        }
    }

    void readLimit(const QString &name, int &requests, int &seconds)
    {
        if (m_parser.isSet(name)) {
            const QString text = m_parser.value(name);
            const auto parts = text.split(u'/');
            constexpr qint64 greatest = std::numeric_limits<int>::max();
            const auto first = number(parts.value(0), 1, greatest);
            const auto second = number(parts.value(1), 1, greatest);
            note(name, text, parts.size() == 2 && first && second);
            requests = static_cast<int>(first.value_or(0));
            seconds = static_cast<int>(second.value_or(0));
        }
    }

private:
    static std::optional<qint64> number(const QString &text, qint64 least, qint64 greatest)
    {
        bool isNumber = false;
        const qint64 value = text.toLongLong(&isNumber);
        return isNumber && value >= least && value <= greatest ? std::optional(value)
                                                               : std::nullopt;
    }

    void note(const QString &name, const QString &text, bool isValid)
    {
        if (!isValid && m_problem.isEmpty()) {
            m_problem = u"'%1' is not a valid value for --%2"_s.arg(text, name);
        }
    }

    const QCommandLineParser &m_parser;
    QString m_problem;
};

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"A small, faithful imitation of the Reality Modeling service on 127.0.0.1."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {u"port"_s, u"Port to listen on; a free one when left out."_s, u"number"_s},
        {u"jobs"_s, u"How many jobs there are (2000)."_s, u"count"_s},
        {u"seed"_s, u"What the data is made from (1)."_s, u"number"_s},
        {u"limit"_s, u"At most so many requests in any so many seconds."_s, u"requests/seconds"_s},
        {u"hourly-limit"_s, u"At most so many requests in any hour."_s, u"requests"_s},
        {u"latency-ms"_s, u"Milliseconds until an answer is sent (0)."_s, u"milliseconds"_s},
        {u"tier"_s, u"The tier that a refusal names (Community)."_s, u"name"_s},
        {u"ledger"_s, u"Append one JSON line for every request to this file."_s, u"file"_s},
        {u"keep-pages"_s, u"Give a page of jobs that was asked for once again as it was."_s},
        {u"submitted-one-in"_s,
         u"One draft in so many turns out to be submitted when it is deleted."_s, u"count"_s},
        {u"forbidden-one-in"_s, u"The first deletion of one draft in so many is forbidden."_s,
         u"count"_s},
    });
}

QString readOptions(const QCommandLineParser &parser, DemoOptions &options)
{
    constexpr int mostJobs = 1'000'000;
    OptionReader reader(parser);
    reader.read(u"port"_s, options.port, 0);
    reader.read(u"jobs"_s, options.jobs, 0, mostJobs);
    reader.read(u"seed"_s, options.seed, 0);
    reader.readLimit(u"limit"_s, options.limitRequests, options.limitSeconds);
    reader.read(u"hourly-limit"_s, options.hourlyLimit, 1);
    reader.read(u"latency-ms"_s, options.latencyMilliseconds, 0);
    reader.read(u"submitted-one-in"_s, options.submittedOneIn, 1);
    reader.read(u"forbidden-one-in"_s, options.forbiddenOneIn, 1);
    if (parser.isSet(u"tier"_s)) {
        options.tier = parser.value(u"tier"_s);
    }
    options.keepsPages = parser.isSet(u"keep-pages"_s);
    options.ledgerFile = parser.value(u"ledger"_s);
    return parser.positionalArguments().isEmpty()
        ? reader.problem()
        : u"unexpected argument '%1'"_s.arg(parser.positionalArguments().constFirst());
}

void announce(const QUrl &address, const QByteArray &token)
{
    std::printf("address: %s\ntoken: %s\n", address.toEncoded().constData(), token.constData());
    std::fflush(stdout);
}

int explain(DemoFailure reason, const DemoOptions &options)
{
    switch (reason) {
    case DemoFailure::PortNotAvailable:
        return fail(1, u"cannot listen on port %1"_s.arg(options.port));
    case DemoFailure::LedgerNotWritable:
        return fail(1, u"cannot write to '%1'"_s.arg(options.ledgerFile));
    }
    Q_UNREACHABLE();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"jobsweep-demo-service"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(JOBSWEEP_VERSION));

    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(QCoreApplication::arguments())) {
        return fail(usageError, parser.errorText());
    }
    if (parser.isSet(u"help"_s)) {
        parser.showHelp();
    }
    if (parser.isSet(u"version"_s)) {
        parser.showVersion();
    }
    DemoOptions options;
    const QString problem = readOptions(parser, options);
    if (!problem.isEmpty()) {
        return fail(usageError, problem);
    }

    DemoService service(options);
    QObject::connect(&service, &DemoService::started, &service, announce);
    QObject::connect(&service, &DemoService::failed, &service, [&options](DemoFailure reason) {
        QCoreApplication::exit(explain(reason, options));
    });
    service.start();
    return QCoreApplication::exec();
}
