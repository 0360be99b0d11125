// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/accesstoken.h"

#include <QTest>

#include <cstring>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using Problem = AccessToken::Problem;

namespace {

const QString plain = u"eyJhbGciOiJSUzI1NiJ9.eyJuYW1lIjoiQSJ9.c2lnbmF0dXJl-_x"_s;

AccessToken jsonWebToken(const QByteArray &payload)
{
    const QByteArray encoded
        = payload.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return AccessToken::fromPasted(
               QString::fromLatin1("eyJhbGciOiJSUzI1NiJ9." + encoded + ".c2lnbmF0dXJl"))
        .value();
}

} // namespace

class TestAccessToken final : public QObject
{
    Q_OBJECT

private slots:
    void cleansWhatIsPasted_data()
    {
        QTest::addColumn<QString>("pasted");
        const QString wrapped = plain.first(20) % u"\n"_s % plain.sliced(20);
        const QString wrappedAndIndented = plain.first(20) % u" \r\n    "_s % plain.sliced(20);
        QTest::newRow("token") << plain;
        QTest::newRow("white space") << QString(u" \t\n"_s % plain % u"\u00A0\r\n"_s);
        QTest::newRow("zero-width") << QString(u"\uFEFF\u200B"_s % plain % u"\u200B"_s);
        QTest::newRow("double quotes") << QString(u"\""_s % plain % u"\""_s);
        QTest::newRow("single quotes") << QString(u"'"_s % plain % u"'"_s);
        QTest::newRow("typographic quotes") << QString(u"\u201C"_s % plain % u"\u201D"_s);
        QTest::newRow("quotes in quotes") << QString(u"\"'"_s % plain % u"'\","_s);
        QTest::newRow("wrapped") << wrapped;
        QTest::newRow("wrapped, indented") << wrappedAndIndented;
        QTest::newRow("Bearer") << QString(u"Bearer "_s % plain);
        QTest::newRow("bearer, tab") << QString(u"bearer\t"_s % plain);
        QTest::newRow("Bearer, line break") << QString(u"Bearer\n"_s % plain);
        QTest::newRow("Bearer twice") << QString(u"Bearer Bearer "_s % plain);
        QTest::newRow("header") << QString(u"Authorization: Bearer "_s % plain);
        QTest::newRow("header, lower case") << QString(u"authorization:bearer "_s % plain);
        QTest::newRow("header without Bearer") << QString(u"Authorization: "_s % plain);
        QTest::newRow("header, wrapped") << QString(u"Authorization: Bearer "_s % wrapped);
        QTest::newRow("JSON") << QString(u"\"Authorization\": \"Bearer "_s % plain % u"\","_s);
        QTest::newRow("shell")
            << QString(u"export AUTHORIZATION='Bearer "_s % plain % u"'"_s).remove(u"export "_s);
        QTest::newRow("curl argument")
            << QString(u"-H \"Authorization: Bearer "_s % plain % u"\""_s);
        QTest::newRow("curl argument, single quotes")
            << QString(u"-H 'Authorization: Bearer "_s % plain % u"'"_s);
        QTest::newRow("curl argument, no blank")
            << QString(u"-H'Authorization: Bearer "_s % plain % u"'"_s);
        QTest::newRow("curl argument, no quotes") << QString(u"-HAuthorization: Bearer "_s % plain);
        QTest::newRow("curl argument, cut off")
            << QString(u"-H \"Authorization: Bearer "_s % plain);
        QTest::newRow("curl long argument")
            << QString(u"--header=\"Authorization: Bearer "_s % plain % u"\""_s);
        QTest::newRow("curl line")
            << QString(u"  -H \"Authorization: Bearer "_s % plain % u"\" \\\n"_s);
        QTest::newRow("curl lines")
            << QString(u"  -H \"Authorization: Bearer "_s % plain
                       % u"\" \\\n  -H \"Accept: application/json\" \\\n"_s);
        QTest::newRow("curl command")
            << QString(u"curl -X GET 'https://api.bentley.com/x' -H 'Accept: a' \\\n"
                       u"-H 'authorization: Bearer "_s
                       % plain % u"' --compressed"_s);
    }
    void cleansWhatIsPasted()
    {
        QFETCH(const QString, pasted);
        const auto token = AccessToken::fromPasted(pasted);
        QVERIFY(token.has_value());
        QCOMPARE(QString::fromLatin1(token->bytes()), plain);
    }

    void keepsTokensThatOnlyLookLikeLabels_data()
    {
        QTest::addColumn<QString>("token");
        QTest::newRow("Bearer inside") << u"Bearereyj"_s;
        QTest::newRow("-H inside") << u"-Habcdef"_s;
        QTest::newRow("padding") << u"YWJj/+~._-=="_s;
        QTest::newRow("longest") << QString(16 * 1024, u'a');
    }
    void keepsTokensThatOnlyLookLikeLabels()
    {
        QFETCH(const QString, token);
        const auto read = AccessToken::fromPasted(token);
        QVERIFY(read.has_value());
        QCOMPARE(QString::fromLatin1(read->bytes()), token);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<Problem>("problem");
        QTest::newRow("nothing") << QString() << Problem::Empty;
        QTest::newRow("white space") << u" \r\n\t"_s << Problem::Empty;
        QTest::newRow("only Bearer") << u"Bearer "_s << Problem::Empty;
        QTest::newRow("only a label") << u"Authorization: Bearer"_s << Problem::Empty;
        QTest::newRow("only quotes") << u"\"\""_s << Problem::Empty;
        QTest::newRow("NUL") << QString(u"abc"_s % QChar(0) % u"def"_s)
                             << Problem::ControlCharacter;
        QTest::newRow("NUL at the end")
            << QString(u"abc"_s % QChar(0)) << Problem::ControlCharacter;
        QTest::newRow("escape") << u"abc\u001Bdef"_s << Problem::ControlCharacter;
        QTest::newRow("tab") << u"abc\tdef"_s << Problem::ControlCharacter;
        QTest::newRow("C1 control") << u"abc\u0085def"_s << Problem::ControlCharacter;
        QTest::newRow("second header") << u"abc\r\nX-Evil: 1"_s << Problem::ForbiddenCharacter;
        QTest::newRow("second request")
            << u"abc\r\n\r\nGET /smuggled HTTP/1.1"_s << Problem::ForbiddenCharacter;
        QTest::newRow("blank") << u"abc def"_s << Problem::ForbiddenCharacter;
        QTest::newRow("not ASCII") << u"abcé"_s << Problem::ForbiddenCharacter;
        QTest::newRow("line separator") << u"abc\u2028def"_s << Problem::ForbiddenCharacter;
        QTest::newRow("zero-width inside") << u"abc\u200Bdef"_s << Problem::ForbiddenCharacter;
        QTest::newRow("padding inside") << u"abc=def"_s << Problem::ForbiddenCharacter;
        QTest::newRow("only padding") << u"=="_s << Problem::ForbiddenCharacter;
        QTest::newRow("Basic") << u"Authorization: Basic YWJj"_s << Problem::ForbiddenCharacter;
        QTest::newRow("too long") << QString(16 * 1024 + 1, u'a') << Problem::TooLong;
        QTest::newRow("a megabyte") << QString(1024 * 1024, u' ') << Problem::TooLong;
    }
    void refuses()
    {
        QFETCH(const QString, pasted);
        QFETCH(const Problem, problem);
        const auto token = AccessToken::fromPasted(pasted);
        QVERIFY(!token.has_value());
        QCOMPARE(token.error(), problem);
    }

    void readsClaims_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QStringList>("scopes");
        QTest::addColumn<bool>("namesRequiredScope");
        QTest::newRow("scope array") << R"({"scope":["openid","itwin-platform"]})"_ba
                                     << QStringList{u"openid"_s, u"itwin-platform"_s} << true;
        QTest::newRow("scope string") << R"({"scope":"itwin-platform  openid"})"_ba
                                      << QStringList{u"itwin-platform"_s, u"openid"_s} << true;
        QTest::newRow("old scopes") << R"({"scope":["contextcapture:modify"]})"_ba
                                    << QStringList{u"contextcapture:modify"_s} << false;
        QTest::newRow("not quite the scope")
            << R"({"scope":"itwin-platform2"})"_ba << QStringList{u"itwin-platform2"_s} << false;
        QTest::newRow("no scope") << "{}"_ba << QStringList() << false;
        QTest::newRow("odd scope")
            << R"({"scope":[1,null,"a"]})"_ba << QStringList{u"a"_s} << false;
    }
    void readsClaims()
    {
        QFETCH(const QByteArray, payload);
        const auto claims = jsonWebToken(payload).claims();
        QVERIFY(claims.has_value());
        QTEST(claims->scopes, "scopes");
        QTEST(claims->namesRequiredScope(), "namesRequiredScope");
    }

    void readsExpiry_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QDateTime>("expiresAt");
        const QDateTime noon(QDate(2026, 3, 4), QTime(12, 0), Qt::UTC);
        QTest::newRow("integer") << R"({"exp":1772625600})"_ba << noon;
        QTest::newRow("fraction") << R"({"exp":1772625600.7})"_ba << noon;
        QTest::newRow("missing") << "{}"_ba << QDateTime();
        QTest::newRow("text") << R"({"exp":"soon"})"_ba << QDateTime();
        QTest::newRow("negative") << R"({"exp":-5})"_ba << QDateTime();
        QTest::newRow("absurd") << R"({"exp":1e300})"_ba << QDateTime();
    }
    void readsExpiry()
    {
        QFETCH(const QByteArray, payload);
        const auto claims = jsonWebToken(payload).claims();
        QVERIFY(claims.has_value());
        QTEST(claims->expiresAt, "expiresAt");
    }

    void readsNames()
    {
        const auto claims
            = jsonWebToken(R"({"name":"Ada L","preferred_username":"ada@example.com"})").claims();
        QVERIFY(claims.has_value());
        QCOMPARE(claims->name, u"Ada L"_s);
        QCOMPARE(claims->preferredUserName, u"ada@example.com"_s);
    }

    void hasNoClaimsWhenItIsNoJsonWebToken_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("one part") << u"abcdef"_s;
        QTest::newRow("two parts") << u"abc.eyJhIjoxfQ"_s;
        QTest::newRow("encrypted") << u"a.eyJhIjoxfQ.c.d.e"_s;
        QTest::newRow("not Base64") << u"a.b.c"_s;
        QTest::newRow("not JSON") << u"a.YWJj.c"_s;
        QTest::newRow("a JSON array") << u"a.W10.c"_s;
    }
    void hasNoClaimsWhenItIsNoJsonWebToken()
    {
        QFETCH(const QString, text);
        QVERIFY(!AccessToken::fromPasted(text).value().claims().has_value());
        QVERIFY(!AccessToken().claims().has_value());
    }

    void comparesByValue()
    {
        const AccessToken one = AccessToken::fromPasted(plain).value();
        QCOMPARE(one, AccessToken::fromPasted(plain).value());
        QVERIFY(one != AccessToken());
        QVERIFY(one != AccessToken::fromPasted(u"other"_s).value());
        QVERIFY(AccessToken().isEmpty());
        QCOMPARE(AccessToken().bytes(), QByteArray());
    }

    void redactsTheTokenAndItsParts()
    {
        const AccessToken token = AccessToken::fromPasted(plain).value();
        QCOMPARE(redacted(QString(u"sent "_s % plain % u"."_s), token), u"sent [redacted]."_s);
        QCOMPARE(redacted(u"cut c2lnbmF0dXJl-_x"_s, token), u"cut [redacted]"_s);
        QCOMPARE(redacted(u"eyJuYW1lIjoiQSJ9 eyJhbGciOiJSUzI1NiJ9"_s, token),
                 u"[redacted] [redacted]"_s);
        QCOMPARE(redacted(u"nothing"_s, token), u"nothing"_s);
        QCOMPARE(redacted(u"a b"_s, AccessToken()), u"a b"_s);
        QCOMPARE(redacted(u"banana"_s, AccessToken::fromPasted(u"a.b.c"_s).value()), u"banana"_s);
    }

    void redactsWhatIsCutOutOfTheToken()
    {
        const AccessToken token = AccessToken::fromPasted(plain).value();
        const QString run = plain.mid(25, 12);
        const QString text = u"begins "_s % run % u", ends"_s;
        QCOMPARE(redacted(text, token), u"begins [redacted], ends"_s);
        const QString filler(2000, u'-');
        QCOMPARE(redacted(QString(filler % text), token),
                 QString(filler % u"begins [redacted], ends"_s));
        QCOMPARE(redacted(QString(run % run.first(3)), token).count(u"[redacted]"_s), 1);
        QCOMPARE(redacted(plain.mid(25, 11), token), plain.mid(25, 11));
        QByteArray bytes = "\xff\xc3\xa4" + run.toLatin1() + '\0';
        redactBytes(bytes, token);
        QCOMPARE(bytes, "\xff\xc3\xa4[redacted]\0"_ba);
    }

    void overwritesWhatNobodyElseHolds()
    {
        QByteArray bytes("secret");
        const QByteArray other = bytes;
        overwrite(bytes);
        QVERIFY(bytes.isEmpty());
        QCOMPARE(other, "secret"_ba);
        QString text = u"secret"_s;
        text.detach();
        const QString kept = text;
        overwrite(text);
        QVERIFY(text.isEmpty());
        QCOMPARE(kept, u"secret"_s);
    }
};

QTEST_GUILESS_MAIN(TestAccessToken)
#include "tst_accesstoken.moc"
