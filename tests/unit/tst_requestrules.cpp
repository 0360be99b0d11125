// SPDX-License-Identifier: GPL-3.0-or-later

// The last look at a request before it leaves: whatever went wrong in making it, it goes to the
// configured origin, to the path that was asked for, and changes nothing but what may be changed.

#include "http/request.h"
#include "http/requestrules.h"

#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

class RequestRulesTest final : public QObject
{
    Q_OBJECT

private slots:
    void whatIsOursMayLeave_data();
    void whatIsOursMayLeave();
    void whatIsNotOursStays_data();
    void whatIsNotOursStays();
    void nothingLeavesWithoutAToken();

private:
    [[nodiscard]] static Request requestFor(Verb verb, const QString &path)
    {
        Request request;
        request.verb = verb;
        request.path = path;
        return request;
    }
    /// Why `asked` does not leave in the form of a request to `url`; nothing when it does.
    [[nodiscard]] std::optional<NetworkFailure::Kind> reason(const Request &asked,
                                                             const QString &url) const
    {
        return reasonNotToSend(asked, QNetworkRequest(QUrl(url)), m_address, m_token);
    }

    const ServiceAddress m_address = ServiceAddress::parse(u"https://api.bentley.com"_s).value();
    AccessToken m_token = AccessToken::fromPasted(u"secret-token"_s).value();
};

void RequestRulesTest::whatIsOursMayLeave_data()
{
    QTest::addColumn<Verb>("verb");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("query");
    QTest::newRow("list") << Verb::Get << u"/contextcapture/jobs"_s << u"$top=1000"_s;
    QTest::newRow("account") << Verb::Get << u"/users/me"_s << QString();
    QTest::newRow("creation") << Verb::Post << u"/contextcapture/jobs"_s << QString();
    QTest::newRow("deletion") << Verb::Delete << u"/contextcapture/jobs/a-1"_s << QString();
}

void RequestRulesTest::whatIsOursMayLeave()
{
    QFETCH(const Verb, verb);
    QFETCH(const QString, path);
    QFETCH(const QString, query);
    Request asked = requestFor(verb, path);
    asked.query = QUrlQuery(query);
    const QString end = query.isEmpty() ? QString() : QString(u'?' + query);
    QVERIFY(!reason(asked, u"https://api.bentley.com"_s + path + end));
}

void RequestRulesTest::whatIsNotOursStays_data()
{
    QTest::addColumn<Verb>("verb");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("url");
    const QString jobs = u"/contextcapture/jobs"_s;
    const QString job = u"/contextcapture/jobs/a-1"_s;
    const QString ours = u"https://api.bentley.com"_s;
    QTest::newRow("another host") << Verb::Get << jobs << u"https://example.com"_s + jobs;
    QTest::newRow("a host of a like name")
        << Verb::Get << jobs << u"https://api.bentley.com.example.com"_s + jobs;
    QTest::newRow("another port") << Verb::Get << jobs << u"https://api.bentley.com:8443"_s + jobs;
    QTest::newRow("not encrypted") << Verb::Get << jobs << u"http://api.bentley.com"_s + jobs;
    QTest::newRow("with a user") << Verb::Get << jobs << u"https://me@api.bentley.com"_s + jobs;
    QTest::newRow("a file") << Verb::Get << jobs << u"file:///contextcapture/jobs"_s;
    QTest::newRow("another path") << Verb::Delete << job << ours + job + u'2';
    QTest::newRow("a path cut short") << Verb::Delete << job << ours + jobs;
    QTest::newRow("deletion with a query") << Verb::Delete << job << ours + job + u"?x=y"_s;
    QTest::newRow("deletion of the list") << Verb::Delete << jobs << ours + jobs;
    QTest::newRow("creation elsewhere") << Verb::Post << u"/users/me"_s << ours + u"/users/me"_s;
    for (const auto *path : {"/contextcapture/../itwins", "/contextcapture/%2e%2e/itwins",
                             "/contextcapture/jobs/.", "/contextcapture/jobs/%2E"}) {
        const QString there = QString::fromLatin1(path);
        QTest::newRow(path) << Verb::Get << there << ours + there;
    }
}

void RequestRulesTest::whatIsNotOursStays()
{
    QFETCH(const Verb, verb);
    QFETCH(const QString, path);
    QFETCH(const QString, url);
    Request asked = requestFor(verb, path);
    if (url.contains(u'?'))
        asked.query = QUrlQuery(u"x=y"_s);
    QVERIFY(reason(asked, url) == NetworkFailure::Kind::Forbidden);
}

void RequestRulesTest::nothingLeavesWithoutAToken()
{
    m_token = {};
    const Request asked = requestFor(Verb::Get, u"/users/me"_s);
    QVERIFY(reason(asked, u"https://api.bentley.com/users/me"_s) == NetworkFailure::Kind::NoToken);
}

QTEST_GUILESS_MAIN(RequestRulesTest)
#include "tst_requestrules.moc"
