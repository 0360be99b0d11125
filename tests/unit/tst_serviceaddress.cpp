// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/serviceaddress.h"

#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using Problem = ServiceAddress::Problem;

class TestServiceAddress final : public QObject
{
    Q_OBJECT

private slots:
    void accepts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("origin");
        QTest::addColumn<bool>("loopback");
        const QString service = u"https://api.bentley.com"_s;
        QTest::newRow("default") << service << service << false;
        QTest::newRow("slash") << u"https://api.bentley.com/"_s << service << false;
        QTest::newRow("white space") << u"  https://api.bentley.com\n"_s << service << false;
        QTest::newRow("upper case") << u"HTTPS://API.Bentley.COM"_s << service << false;
        QTest::newRow("port 443") << u"https://api.bentley.com:443"_s << service << false;
        QTest::newRow("qa") << u"https://qa-api.bentley.com"_s << u"https://qa-api.bentley.com"_s
                            << false;
        QTest::newRow("localhost")
            << u"http://localhost:8080"_s << u"http://localhost:8080"_s << true;
        QTest::newRow("localhost, https")
            << u"https://localhost:8443/"_s << u"https://localhost:8443"_s << true;
        QTest::newRow("127.0.0.1")
            << u"http://127.0.0.1:1234"_s << u"http://127.0.0.1:1234"_s << true;
        QTest::newRow("127.9.8.7") << u"http://127.9.8.7"_s << u"http://127.9.8.7"_s << true;
        QTest::newRow("port 80") << u"http://127.0.0.1:80"_s << u"http://127.0.0.1"_s << true;
        QTest::newRow("http, port 443")
            << u"http://127.0.0.1:443"_s << u"http://127.0.0.1:443"_s << true;
        QTest::newRow("IPv6") << u"http://[::1]:99"_s << u"http://[::1]:99"_s << true;
    }
    void accepts()
    {
        QFETCH(const QString, text);
        const auto address = ServiceAddress::parse(text);
        QVERIFY(address.has_value());
        QTEST(address->origin(), "origin");
        QTEST(address->isLoopback(), "loopback");
        QCOMPARE(address->url().path(), QString());
        QVERIFY(address->covers(address->url()));
        QCOMPARE(ServiceAddress::parse(address->origin()).value(), *address);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Problem>("problem");
        QTest::newRow("nothing") << QString() << Problem::Empty;
        QTest::newRow("blank") << u"  "_s << Problem::Empty;
        QTest::newRow("words") << u"hello world"_s << Problem::NotAnAddress;
        QTest::newRow("no host") << u"https://"_s << Problem::NotAnAddress;
        QTest::newRow("no host, path") << u"https:///contextcapture"_s << Problem::NotAnAddress;
        QTest::newRow("backslash")
            << u"https://evil.example\\@api.bentley.com"_s << Problem::NotAnAddress;
        QTest::newRow("control character")
            << u"https://api.bentley\u0001.com"_s << Problem::NotAnAddress;
        QTest::newRow("port 0") << u"http://127.0.0.1:0"_s << Problem::NotAnAddress;
        QTest::newRow("huge port") << u"http://127.0.0.1:70000"_s << Problem::NotAnAddress;
        QTest::newRow("no scheme") << u"api.bentley.com"_s << Problem::WrongScheme;
        QTest::newRow("no scheme, port") << u"localhost:8080"_s << Problem::WrongScheme;
        QTest::newRow("file") << u"file:///etc/passwd"_s << Problem::WrongScheme;
        QTest::newRow("data") << u"data:text/plain,a"_s << Problem::WrongScheme;
        QTest::newRow("ftp") << u"ftp://api.bentley.com"_s << Problem::WrongScheme;
        QTest::newRow("http") << u"http://api.bentley.com"_s << Problem::NotEncrypted;
        QTest::newRow("http, elsewhere") << u"http://example.com"_s << Problem::NotEncrypted;
        QTest::newRow("http, local network") << u"http://192.168.0.1"_s << Problem::NotEncrypted;
        QTest::newRow("user") << u"https://me@api.bentley.com"_s << Problem::HasUser;
        QTest::newRow("empty user") << u"https://@api.bentley.com"_s << Problem::HasUser;
        QTest::newRow("user, password") << u"https://a:b@api.bentley.com"_s << Problem::HasUser;
        QTest::newRow("host as user")
            << u"https://api.bentley.com@evil.example"_s << Problem::HasUser;
        QTest::newRow("elsewhere") << u"https://example.com"_s << Problem::ForeignHost;
        QTest::newRow("suffix") << u"https://evil-api.bentley.com.attacker.example"_s
                                << Problem::ForeignHost;
        QTest::newRow("prefix") << u"https://evilapi.bentley.com"_s << Problem::ForeignHost;
        QTest::newRow("no label") << u"https://-api.bentley.com"_s << Problem::NotAnAddress;
        QTest::newRow("two labels") << u"https://a.b-api.bentley.com"_s << Problem::ForeignHost;
        QTest::newRow("subdomain") << u"https://a.api.bentley.com"_s << Problem::ForeignHost;
        QTest::newRow("bentley.com") << u"https://bentley.com"_s << Problem::ForeignHost;
        QTest::newRow("trailing dot") << u"https://api.bentley.com."_s << Problem::ForeignHost;
        QTest::newRow("another port") << u"https://api.bentley.com:8443"_s << Problem::ForeignHost;
        QTest::newRow("punycode") << u"https://xn--e1awd-api.bentley.com"_s << Problem::ForeignHost;
        QTest::newRow("Cyrillic a") << u"https://\u0430pi.bentley.com"_s << Problem::ForeignHost;
        QTest::newRow("full-width letters")
            << u"https://\uFF41pi.bentley.com"_s << Problem::ForeignHost;
        QTest::newRow("localhost.example")
            << u"https://localhost.example"_s << Problem::ForeignHost;
        QTest::newRow("127 as a name") << u"https://127.0.0.1.example"_s << Problem::ForeignHost;
        QTest::newRow("mapped IPv4") << u"https://[::ffff:10.0.0.1]"_s << Problem::ForeignHost;
        QTest::newRow("path") << u"https://api.bentley.com/contextcapture"_s << Problem::HasPath;
        QTest::newRow("v2 path") << u"https://api.bentley.com/reality-modeling"_s
                                 << Problem::HasPath;
        QTest::newRow("two slashes") << u"https://api.bentley.com//"_s << Problem::HasPath;
        QTest::newRow("dots") << u"http://127.0.0.1/.."_s << Problem::HasPath;
        QTest::newRow("query") << u"https://api.bentley.com?a=b"_s << Problem::HasQuery;
        QTest::newRow("fragment") << u"https://api.bentley.com/#a"_s << Problem::HasQuery;
    }
    void refuses()
    {
        QFETCH(const QString, text);
        QFETCH(const Problem, problem);
        const auto address = ServiceAddress::parse(text);
        QVERIFY(!address.has_value());
        QCOMPARE(address.error(), problem);
    }

    void isTheServiceByDefault()
    {
        QCOMPARE(ServiceAddress().origin(), u"https://api.bentley.com"_s);
        QVERIFY(!ServiceAddress().isLoopback());
    }

    void coversOnlyItsOrigin_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("covered");
        const QString service = u"https://api.bentley.com"_s;
        const QString local = u"http://127.0.0.1:81"_s;
        QTest::newRow("path") << service << u"https://api.bentley.com/contextcapture/jobs?a=b"_s
                              << true;
        QTest::newRow("port named") << service << u"https://api.bentley.com:443/a"_s << true;
        QTest::newRow("scheme") << service << u"http://api.bentley.com/a"_s << false;
        QTest::newRow("host") << service << u"https://qa-api.bentley.com/a"_s << false;
        QTest::newRow("port") << service << u"https://api.bentley.com:444/a"_s << false;
        QTest::newRow("user") << service << u"https://a@api.bentley.com/a"_s << false;
        QTest::newRow("relative") << service << u"/a"_s << false;
        QTest::newRow("file") << service << u"file:///a"_s << false;
        QTest::newRow("local") << local << u"http://127.0.0.1:81/a"_s << true;
        QTest::newRow("local, port") << local << u"http://127.0.0.1/a"_s << false;
        QTest::newRow("local, name") << local << u"http://localhost:81/a"_s << false;
    }
    void coversOnlyItsOrigin()
    {
        QFETCH(const QString, address);
        QFETCH(const QString, url);
        QTEST(ServiceAddress::parse(address)->covers(QUrl(url)), "covered");
    }
};

QTEST_GUILESS_MAIN(TestServiceAddress)
#include "tst_serviceaddress.moc"
