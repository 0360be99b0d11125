// SPDX-License-Identifier: GPL-3.0-or-later

// walkthrough FOLDER: drives the real window against the real demo service, prints each step with
// what it checked, and leaves a picture of each in FOLDER.

#include "tests/walkthrough/hostilescene.h"
#include "tests/walkthrough/program.h"
#include "tests/walkthrough/stage.h"
#include "tests/walkthrough/walkthrough.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QPalette>
#include <QStandardPaths>
#include <QStyleFactory>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;
using namespace Jobsweep::Testing;

namespace {

void useDarkPalette()
{
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QPalette palette(QColor(53, 53, 53));
    palette.setColor(QPalette::Base, QColor(35, 35, 35));
    palette.setColor(QPalette::AlternateBase, QColor(43, 43, 43));
    palette.setColor(QPalette::ToolTipBase, QColor(35, 35, 35));
    palette.setColor(QPalette::Highlight, QColor(42, 130, 218));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor(42, 130, 218));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText,
                            QPalette::ToolTipText, QPalette::BrightText}) {
        palette.setColor(role, Qt::white);
        palette.setColor(QPalette::Disabled, role, QColor(127, 127, 127));
    }
    palette.setColor(QPalette::PlaceholderText, QColor(160, 160, 160));
    QApplication::setPalette(palette);
}

/// Prints why and returns false when a check of `steps` fails.
template<typename Steps>
bool passes(const Stage &stage, Steps steps)
{
    try {
        steps();
    } catch (const CheckFailed &failed) {
        std::fprintf(stderr, "FAILED: %s\n", qUtf8Printable(failed.why));
        stage.pictureAs(u"failed.png"_s);
        return false;
    }
    return true;
}

int walk(const QString &folder)
{
    World world;
    Stage stage(folder);
    Walkthrough walkthrough(world, stage);
    if (!passes(stage, [&walkthrough] { walkthrough.run(); }))
        return 1;
    std::fputs("Every check passed.\n", stdout);
    return 0;
}

int showHostile(const QString &folder)
{
    Stage stage(folder);
    return passes(stage, [&stage] { showHostileTexts(stage); }) ? 0 : 1;
}

/// The process that the walkthrough kills. The token comes as a line of the standard input.
int walkUntilKilled(const QString &folder, const QString &history, const QUrl &service, int count)
{
    World world(history);
    Stage stage(folder);
    Walkthrough walkthrough(world, stage);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return 1;
    const QString token = QString::fromLatin1(input.readLine()).trimmed();
    passes(stage, [&] { walkthrough.deleteUntilKilled(service, token, count); });
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    QStandardPaths::setTestModeEnabled(true);
    // Refusals belong to the play; what fails is said by its checks.
    QLoggingCategory::setFilterRules(u"jobsweep.*.info=false"_s);
    QApplication::setApplicationName(u"Jobsweep walkthrough"_s);
    const QApplication application(argc, argv);

    QCommandLineParser parser;
    const QCommandLineOption dark(u"dark"_s, u"Use a dark palette."_s);
    const QCommandLineOption hostile(u"hostile"_s,
                                     u"Only take pictures of hostile texts, to look at."_s);
    // What the walkthrough starts itself with, for the process that it kills.
    const QCommandLineOption untilKilled(u"until-killed"_s, {}, u"count"_s);
    const QCommandLineOption service(u"service"_s, {}, u"address"_s);
    const QCommandLineOption history(u"history"_s, {}, u"file"_s);
    parser.addOption(dark);
    parser.addOption(hostile);
    for (QCommandLineOption option : {untilKilled, service, history}) {
        option.setFlags(QCommandLineOption::HiddenFromHelp);
        parser.addOption(option);
    }
    parser.addHelpOption();
    parser.addPositionalArgument(u"folder"_s, u"Where the pictures go."_s);
    parser.process(application);
    if (parser.positionalArguments().size() != 1) {
        std::fputs("walkthrough: name one folder for the pictures\n", stderr);
        return 2;
    }
    const QString folder = parser.positionalArguments().constFirst();
    if (!QDir().mkpath(folder)) {
        std::fprintf(stderr, "walkthrough: %s cannot be made\n", qUtf8Printable(folder));
        return 2;
    }
    QFile::remove(QDir(folder).filePath(u"failed.png"_s));
    if (parser.isSet(dark))
        useDarkPalette();
    if (parser.isSet(untilKilled)) {
        return walkUntilKilled(folder, parser.value(history), QUrl(parser.value(service)),
                               parser.value(untilKilled).toInt());
    }
    return parser.isSet(hostile) ? showHostile(folder) : walk(folder);
}
