// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/idlist.h"

#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString a = u"9e2d27cf-b695-47e9-b7f0-0d47dc3b88ad"_s;
const QString b = u"dc720f05-e5f7-448b-ae06-765de46f0af1"_s;

} // namespace

/// Which ids are found in what people paste.
class IdListTest final : public QObject
{
    Q_OBJECT

private slots:
    void finds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("ids");
        QTest::addColumn<int>("duplicates");
        QTest::addColumn<int>("notUnderstood");
        const auto row = [](const char *name, const QString &text, const QStringList &ids,
                            int duplicates = 0, int notUnderstood = 0) {
            QTest::newRow(name) << text << ids << duplicates << notUnderstood;
        };
        row("nothing", QString(), {});
        row("blank lines", u" \r\n\n"_s, {});
        row("one", a, {a});
        row("column", b % u"\r\n"_s % a % u'\n', {b, a});
        row("upper case", a.toUpper(), {a});
        row("braces", u'{' % a % u"}, {"_s % b % u'}', {a, b});
        row("duplicates in another case", a % u' ' % b % u' ' % a.toUpper() % u' ' % a, {a, b}, 2);
        row("addresses", u"https://x.example/jobs/"_s % a % u"?b=c"_s, {a});
        row("prose", u"Please delete\n"_s % a % u" and\n"_s % b % u".\nThanks"_s, {a, b}, 0, 2);
        row("too short", a.chopped(1), {}, 0, 1);
        row("too long", a % u'0', {}, 0, 1);
        row("in a longer word", u"x-"_s % a, {}, 0, 1);
        row("one broken, one not", a.chopped(1) % u' ' % b, {b}, 0, 1);
        row("without hyphens", QString(a).remove(u'-'), {}, 0, 1);
        row("other digits", QString(a).replace(u'9', u'g'), {}, 0, 1);
        row("table with a header", u"Name,Id,iTwin\n\"Quarry, \"\"x\"\"\","_s % a % u',' % b, {a});
        row("table with tabs", u"iTwin\tJob ID\n"_s % b % u'\t' % a, {a});
        row("table with a name of two lines",
            u"Name,Id\r\n\"Quarry\nnorth\","_s % a % u"\r\nDam,"_s % b % u"\r\n"_s, {a, b});
        row("table with an open quote", u"Name,Id\nDam 5\","_s % a % u"\nQuarry,"_s % b, {a, b});
        row("table without a header", a % u';' % b, {a, b});
        row("table with a row of no id", u"id;name\n;Quarry\nx;Dam\n"_s, {}, 0, 1);
        row("JSON list", u"[\"%1\",\n \"%2\"]"_s.arg(a, b), {a, b});
        row("JSON jobs", uR"([{"id":"%1","iTwinId":"%2"}])"_s.arg(a, b), {a});
        row("JSON page", uR"({"jobs":[{"id":"%1","inputs":[{"id":"%2"}]}]})"_s.arg(a, b), {a});
        row("JSON job", uR"({"job":{"id":"%1","workspaceId":"%2"}})"_s.arg(a, b), {a});
        row("JSON object", uR"({"id":"%1","workspaceId":"%2"})"_s.arg(a, b), {a});
        row("other JSON", uR"({"x":{"y":"%1"},"z":["%2"],"name":"n"})"_s.arg(a, b), {a, b});
    }
    void finds()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, ids);
        const IdList found = idsIn(text);
        QStringList texts;
        for (const JobId &id : found.ids)
            texts.append(id.text);
        QCOMPARE(texts, ids);
        QTEST(found.duplicates, "duplicates");
        QTEST(found.notUnderstood, "notUnderstood");
    }
};

QTEST_GUILESS_MAIN(IdListTest)
#include "tst_idlist.moc"
