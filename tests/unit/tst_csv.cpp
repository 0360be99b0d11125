// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/csv.h"

#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

class TestCsv final : public QObject
{
    Q_OBJECT

private slots:
    void fieldsAreQuotedAndDefused_data();
    void fieldsAreQuotedAndDefused();
    void oneEmptyFieldIsARow();
};

void TestCsv::fieldsAreQuotedAndDefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("plain") << u"Bridge"_s << "Bridge"_ba;
    QTest::newRow("empty") << QString() << ""_ba;
    QTest::newRow("comma") << u"a,b"_s << "\"a,b\""_ba;
    QTest::newRow("quotes") << u"say \"hi\""_s << "\"say \"\"hi\"\"\""_ba;
    QTest::newRow("newline") << u"a\nb"_s << "\"a\nb\""_ba;
    QTest::newRow("accents") << u"Übersicht é 漢"_s << u"Übersicht é 漢"_s.toUtf8();
    QTest::newRow("formula") << u"=cmd()"_s << "'=cmd()"_ba;
    QTest::newRow("plus") << u"+1"_s << "'+1"_ba;
    QTest::newRow("minus") << u"-1"_s << "'-1"_ba;
    QTest::newRow("at") << u"@SUM(A1)"_s << "'@SUM(A1)"_ba;
    QTest::newRow("tab") << u"\t=1"_s << "\"'\t=1\""_ba;
    QTest::newRow("tab inside") << u"a\t=1"_s << "\"a\t=1\""_ba;
    QTest::newRow("semicolon inside") << u"a;=1"_s << "\"a;=1\""_ba;
    QTest::newRow("full-width") << u"\uFF1D1+1"_s << u"'\uFF1D1+1"_s.toUtf8();
    QTest::newRow("return") << u"\r=1"_s << "\"'\r=1\""_ba;
    QTest::newRow("newline first") << u"\n=1"_s << "\"'\n=1\""_ba;
    QTest::newRow("formula with quotes")
        << u"=HYPERLINK(\"x\",1)"_s << "\"'=HYPERLINK(\"\"x\"\",1)\""_ba;
    QTest::newRow("equals inside") << u"a=b"_s << "a=b"_ba;
}

void TestCsv::fieldsAreQuotedAndDefused()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, field);
    QCOMPARE(csvField(text), field);
    QCOMPARE(csvRow({text, u"b"_s}), field + ",b\r\n");
}

void TestCsv::oneEmptyFieldIsARow()
{
    QCOMPARE(csvRow({QString()}), "\"\"\r\n"_ba);
}

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
