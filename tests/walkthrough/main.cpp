// SPDX-License-Identifier: GPL-3.0-or-later

// walkthrough FOLDER: drives the real window against the real demo service, prints each step with
// what it checked, and leaves a picture of each in FOLDER.

#include "tests/walkthrough/program.h"
#include "tests/walkthrough/stage.h"
#include "tests/walkthrough/walkthrough.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
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

int walk(const QString &folder)
{
    Program program;
    Stage stage(program.window, folder);
    Walkthrough walkthrough(program, stage);
    try {
        walkthrough.run();
    } catch (const CheckFailed &failed) {
        std::fprintf(stderr, "FAILED: %s\n", qUtf8Printable(failed.why));
        stage.pictureAs(u"failed.png"_s);
        return 1;
    }
    std::fputs("Every check passed.\n", stdout);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setApplicationName(u"Jobsweep walkthrough"_s);
    const QApplication application(argc, argv);

    QCommandLineParser parser;
    const QCommandLineOption dark(u"dark"_s, u"Use a dark palette."_s);
    parser.addOption(dark);
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
    return walk(folder);
}
