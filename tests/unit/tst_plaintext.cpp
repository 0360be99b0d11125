// SPDX-License-Identifier: GPL-3.0-or-later

// What foreign text looks like once it went through ui/plaintext.h.

#include "ui/plaintext.h"

#include <QLabel>
#include <QTest>
#include <QTextDocument>

#include <memory>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

class PlainTextTest final : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatIsInvisible_data();
    void showsWhatIsInvisible();
    void keepsScripts_data();
    void keepsScripts();
    void cutsLongText();
    void neverCutsAPair();
    void neverCutsAnEscape();
    void cutsStackedMarks();
    void keepsLinesInABox();
    void isolatesDirection();
    void longWordsMayBreak_data();
    void longWordsMayBreak();
    void escapedTextIsAlwaysRichAndHarmless_data();
    void escapedTextIsAlwaysRichAndHarmless();
    void labelShowsMarkupAsText();
};

void PlainTextTest::showsWhatIsInvisible_data()
{
    QTest::addColumn<QString>("foreign");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &foreign, const QString &expected) {
        QTest::newRow(name) << foreign << expected;
    };
    row("nothing", QString(), QString());
    row("null character", u"a"_s + QChar(0) + u"b"_s, u"a\\u{0}b"_s);
    row("line feed", u"a\nb"_s, u"a\\u{A}b"_s);
    row("tab", u"a\tb"_s, u"a\\u{9}b"_s);
    row("escape", u"\x1b[31m"_s, u"\\u{1B}[31m"_s);
    row("delete", u"\x7f"_s, u"\\u{7F}"_s);
    row("C1", u"\x85"_s, u"\\u{85}"_s);
    row("line separator", u"\u2028"_s, u"\\u{2028}"_s);
    row("paragraph separator", u"\u2029"_s, u"\\u{2029}"_s);
    row("right-to-left override", u"a\u202Egpj.exe"_s, u"a\\u{202E}gpj.exe"_s);
    row("embedding", u"\u202A\u202B\u202C\u202D"_s, u"\\u{202A}\\u{202B}\\u{202C}\\u{202D}"_s);
    row("isolates", u"\u2066\u2067\u2068\u2069"_s, u"\\u{2066}\\u{2067}\\u{2068}\\u{2069}"_s);
    row("direction marks", u"\u200E\u200F\u061C"_s, u"\\u{200E}\\u{200F}\\u{61C}"_s);
    row("zero width", u"\u200B\u200C\u200D\u2060\uFEFF"_s,
        u"\\u{200B}\\u{200C}\\u{200D}\\u{2060}\\u{FEFF}"_s);
    row("soft hyphen", u"\u00AD"_s, u"\\u{AD}"_s);
    row("blank letter", u"\u3164"_s, u"\\u{3164}"_s);
    row("tag character", QString::fromUcs4(U"\U000E0041"), u"\\u{E0041}"_s);
    row("variation selectors", u"a\uFE0Fb"_s + QString::fromUcs4(U"\U000E0100"),
        u"a\\u{FE0F}b\\u{E0100}"_s);
    row("emoji", u"\U0001F3D7\uFE0F site"_s, u"\U0001F3D7\uFE0F site"_s);
    row("emoji twice", u"\U0001F3D7\uFE0F\uFE0F"_s, u"\U0001F3D7\uFE0F\\u{FE0F}"_s);
    row("noncharacters", u"\uFDD0\uFDEF\uFFFE\uFFFF"_s + QString::fromUcs4(U"\U0010FFFF"),
        u"\\u{FDD0}\\u{FDEF}\\u{FFFE}\\u{FFFF}\\u{10FFFF}"_s);
    row("object replacement", u"a\uFFFCb"_s, u"a\\u{FFFC}b"_s);
    row("unassigned and ignorable", u"\u2065\uFFF0"_s, u"\\u{2065}\\u{FFF0}"_s);
    row("lone high surrogate", QString(QChar(0xD83D)) + u'x', u"\\u{D83D}x"_s);
    row("lone low surrogate", u'x' + QString(QChar(0xDE00)), u"x\\u{DE00}"_s);
}

void PlainTextTest::showsWhatIsInvisible()
{
    QFETCH(QString, foreign);
    QFETCH(QString, expected);
    QCOMPARE(visibleText(foreign), expected);
}

void PlainTextTest::keepsScripts_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("markup") << u"<b>1 & 2</b>"_s;
    QTest::newRow("accents") << u"Pont Neuf, très haut"_s;
    QTest::newRow("combining accent") << u"e\u0301"_s;
    QTest::newRow("Arabic") << u"جسر النهر"_s;
    QTest::newRow("Japanese") << u"橋の測量"_s;
    QTest::newRow("beyond the basic plane") << QString::fromUcs4(U"\U00020BB7");
}

void PlainTextTest::keepsScripts()
{
    QFETCH(QString, text);
    QCOMPARE(visibleText(text), text);
}

void PlainTextTest::cutsLongText()
{
    const QString exact(maximumShownLength, u'a');
    QCOMPARE(visibleText(exact), exact);
    QCOMPARE(visibleText(exact + u'a'), QString(maximumShownLength - 1, u'a') + QChar(0x2026));
}

void PlainTextTest::neverCutsAPair()
{
    const QString pairs = QString::fromUcs4(U"\U00020BB7").repeated(10);
    const QString cut = visibleText(pairs, 6);
    QCOMPARE(cut, pairs.left(4) + QChar(0x2026));
}

void PlainTextTest::neverCutsAnEscape()
{
    QCOMPARE(visibleText(u"abc\u202Edef"_s, 8), u"abc\u2026"_s);
}

void PlainTextTest::cutsStackedMarks()
{
    const QString stacked = u'a' + QString(50, QChar(0x0301)) + u'b';
    QCOMPARE(visibleText(stacked), u'a' + QString(4, QChar(0x0301)) + QChar(0x2026) + u'b');
}

void PlainTextTest::keepsLinesInABox()
{
    QCOMPARE(visibleLines(u"a\r\n\tb\rc\u202E"_s, 100), u"a\n\tb\\u{D}c\\u{202E}"_s);
    QCOMPARE(visibleLines(QString(50, u'\n'), 10).size(), 10);
}

void PlainTextTest::isolatesDirection()
{
    QCOMPARE(isolated(u"جسر\u2069!"_s), u"\u2068جسر\\u{2069}!\u2069"_s);
}

void PlainTextTest::longWordsMayBreak_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &text, const QString &expected) {
        QTest::newRow(name) << text << expected;
    };
    const QString id = u"0f8fad5b-d9cb-469f-a165-70867728950e"_s;
    const QString forty(40, u'a');
    row("id", id, id);
    row("sentence", u"a bridge "_s.repeated(20), u"a bridge "_s.repeated(20));
    row("long word", QString(82, u'a'), forty % u'\u200B' % forty % u'\u200B' % u"aa"_s);
    row("wide letters", QString(30, u'W'), QString(20, u'W') % u'\u200B' % QString(10, u'W'));
    row("pair", forty.left(39) % QString::fromUcs4(U"\U0001F309"),
        forty.left(39) % u'\u200B' % QString::fromUcs4(U"\U0001F309"));
    row("mark", forty % u'\u0301', forty % u'\u0301');
}

void PlainTextTest::longWordsMayBreak()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    QCOMPARE(breakable(text), expected);
    // Nothing is added to what may break already.
    QCOMPARE(breakable(expected), expected);
}

void PlainTextTest::escapedTextIsAlwaysRichAndHarmless_data()
{
    QTest::addColumn<QString>("foreign");
    QTest::newRow("plain") << u"Bridge"_s;
    QTest::newRow("ampersand") << u"A & B"_s;
    QTest::newRow("link") << u"<a href='file:///etc/passwd'>x</a>"_s;
    QTest::newRow("image") << u"<img src='http://example.com/'>"_s;
}

void PlainTextTest::escapedTextIsAlwaysRichAndHarmless()
{
    QFETCH(QString, foreign);
    const QString escaped = escapedForRichText(foreign);
    QVERIFY(Qt::mightBeRichText(escaped));
    QTextDocument document;
    document.setHtml(escaped);
    QCOMPARE(document.toPlainText(), foreign);
}

void PlainTextTest::labelShowsMarkupAsText()
{
    const std::unique_ptr<QLabel> label(makePlainLabel(u"<b>Bridge</b>"_s));
    QCOMPARE(label->textFormat(), Qt::PlainText);
    QCOMPARE(label->text(), u"<b>Bridge</b>"_s);
    label->setText(u"<img src=x>"_s);
    QCOMPARE(label->textFormat(), Qt::PlainText);
}

QTEST_MAIN(PlainTextTest)
#include "tst_plaintext.moc"
