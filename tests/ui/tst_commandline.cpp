// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commandline.h"

#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

/// Options, and one clear line for every mistake.
class CommandLineTest final : public QObject
{
    Q_OBJECT

private slots:
    void nothingAsked()
    {
        const auto parsed = parseCommandLine({u"jobsweep"_s});
        const auto *line = std::get_if<CommandLine>(&parsed);
        QVERIFY(line && !line->demo && !line->demoJobs && !line->serviceAddress);
    }

    void demoJobsMeansDemo()
    {
        const auto parsed = parseCommandLine({u"jobsweep"_s, u"--demo-jobs"_s, u"50000"_s});
        const auto *line = std::get_if<CommandLine>(&parsed);
        QVERIFY(line && line->demo);
        QCOMPARE(line->demoJobs.value_or(-1), 50000);
    }

    void serviceAddress()
    {
        const auto parsed
            = parseCommandLine({u"jobsweep"_s, u"--service-address=http://127.0.0.1:8080"_s});
        const auto *line = std::get_if<CommandLine>(&parsed);
        QVERIFY(line && line->serviceAddress);
        QCOMPARE(line->serviceAddress->origin(), u"http://127.0.0.1:8080"_s);
    }

    void mistakes_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("named");
        QTest::newRow("unknown") << QStringList{u"--frobnicate"_s} << u"frobnicate"_s;
        QTest::newRow("options of Qt") << QStringList{u"--help-all"_s} << u"help-all"_s;
        QTest::newRow("a token is no option") << QStringList{u"--token"_s, u"x"_s} << u"token"_s;
        QTest::newRow("positional") << QStringList{u"file.txt"_s} << u"file.txt"_s;
        QTest::newRow("no number") << QStringList{u"--demo-jobs"_s, u"many"_s} << u"many"_s;
        QTest::newRow("negative") << QStringList{u"--demo-jobs=-1"_s} << u"-1"_s;
        QTest::newRow("too many") << QStringList{u"--demo-jobs=1000001"_s} << u"1000001"_s;
        QTest::newRow("value missing") << QStringList{u"--demo-jobs"_s} << u"demo-jobs"_s;
        QTest::newRow("http elsewhere")
            << QStringList{u"--service-address=http://api.bentley.com"_s}
            << u"http://api.bentley.com"_s;
        QTest::newRow("foreign host")
            << QStringList{u"--service-address=https://evil.example"_s} << u"evil.example"_s;
        QTest::newRow("not an address") << QStringList{u"--service-address=:::"_s} << u":::"_s;
        QTest::newRow("both") << QStringList{u"--demo"_s,
                                             u"--service-address=https://api.bentley.com"_s}
                              << u"--demo"_s;
    }
    void mistakes()
    {
        QFETCH(QStringList, options);
        QFETCH(QString, named);
        const auto parsed = parseCommandLine(QStringList{u"jobsweep"_s} + options);
        const auto *end = std::get_if<CommandLineEnd>(&parsed);
        QVERIFY(end);
        QCOMPARE(end->exitCode, 2);
        QVERIFY2(end->text.contains(named), qPrintable(end->text));
        QCOMPARE(end->text.count(u'\n'), 1); // one line
    }

    void helpAndVersionEndWell()
    {
        for (const auto &option : {u"--help"_s, u"--version"_s}) {
            const auto parsed = parseCommandLine({u"jobsweep"_s, option});
            const auto *end = std::get_if<CommandLineEnd>(&parsed);
            QVERIFY(end);
            QCOMPARE(end->exitCode, 0);
            QVERIFY(!end->text.isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "tst_commandline.moc"
