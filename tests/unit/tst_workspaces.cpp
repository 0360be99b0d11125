// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/workspaces.h"
#include "tests/support/testconnection.h"

#include <QSignalSpy>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString path = u"/contextcapture/workspaces/"_s;

Answer workspaceAnswer(const QByteArray &name)
{
    return Answer::ok(R"({"workspace":{"id":"w","name":")" + name + R"("}})");
}

Answer notFound()
{
    return Answer::withStatus(404,
                              R"({"error":{"code":"WorkspaceNotFound",)"
                              R"("message":"Requested workspace is not available."}})");
}

} // namespace

/// Names of workspaces: asked for one at a time, once each, and never from a place an id names.
class WorkspacesTest final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_test.reset(); }
    void namesAreAskedForOnce();
    void theServicesNoIsRemembered();
    void anotherTokenMaySeeMore();
    void lostConnectionIsTriedAgain();
    void onlyTheLastOfManyIsAskedFor();
    void unsafeIdsAreNotAskedFor_data();
    void unsafeIdsAreNotAskedFor();
    void nothingIsAskedWithoutAToken();
    void anotherAddressForgets();
    void malformedAnswerLeavesTheId();

private:
    void answer(const QString &id, const Answer &answer)
    {
        m_test->answers.insert(path + id, answer);
    }
    [[nodiscard]] QStringList asked() const { return m_test->paths(); }
    void settle() const
    {
        QTRY_COMPARE(m_test->network.hangingCount(), 0);
        QTRY_VERIFY(m_test->client.isReady());
        QCoreApplication::processEvents();
    }

    struct Parts : TestConnection
    {
        Workspaces workspaces{client};
    };
    std::unique_ptr<Parts> m_test;
};

void WorkspacesTest::init()
{
    m_test = std::make_unique<Parts>();
    m_test->client.setAddress(m_test->address);
    m_test->client.setToken(tokenWith("{}"));
}

void WorkspacesTest::namesAreAskedForOnce()
{
    answer(u"W-1"_s, workspaceAnswer("North"_ba));
    QSignalSpy named(&m_test->workspaces, &Workspaces::named);
    m_test->workspaces.want(u"W-1"_s);
    m_test->workspaces.want(u"W-1"_s);
    QCOMPARE(m_test->workspaces.nameOf(u"W-1"_s), QString());
    QTRY_COMPARE(m_test->workspaces.nameOf(u"w-1"_s), u"North"_s);
    m_test->workspaces.want(u"w-1"_s);
    settle();
    QCOMPARE(asked(), QStringList{path + u"W-1"_s});
    QCOMPARE(named.size(), 1);
}

void WorkspacesTest::theServicesNoIsRemembered()
{
    answer(u"gone"_s, notFound());
    answer(u"next"_s, workspaceAnswer("Next"_ba));
    m_test->workspaces.want(u"gone"_s);
    m_test->workspaces.want(u"next"_s);
    QTRY_COMPARE(m_test->workspaces.nameOf(u"next"_s), u"Next"_s);
    m_test->workspaces.want(u"gone"_s);
    settle();
    const QStringList expected{path + u"gone"_s, path + u"next"_s};
    QCOMPARE(asked(), expected);
    QCOMPARE(m_test->workspaces.nameOf(u"gone"_s), QString());
}

void WorkspacesTest::anotherTokenMaySeeMore()
{
    answer(u"w"_s, notFound());
    m_test->workspaces.want(u"w"_s);
    QTRY_COMPARE(asked().size(), 1);
    settle();
    answer(u"w"_s, workspaceAnswer("Mine"_ba));
    m_test->client.setToken(tokenWith(R"({"name":"another"})"));
    m_test->workspaces.want(u"w"_s);
    QTRY_COMPARE(m_test->workspaces.nameOf(u"w"_s), u"Mine"_s);
}

void WorkspacesTest::lostConnectionIsTriedAgain()
{
    answer(u"w"_s, Answer::drop());
    m_test->workspaces.want(u"w"_s);
    QTRY_COMPARE(asked().size(), 1);
    settle();
    answer(u"w"_s, workspaceAnswer("Back"_ba));
    // The answer may still be on its way to the object.
    QTRY_VERIFY((m_test->workspaces.want(u"w"_s), asked().size() == 2));
    QTRY_COMPARE(m_test->workspaces.nameOf(u"w"_s), u"Back"_s);
}

void WorkspacesTest::onlyTheLastOfManyIsAskedFor()
{
    answer(u"a"_s, Answer::hang());
    answer(u"c"_s, workspaceAnswer("C"_ba));
    m_test->workspaces.want(u"a"_s);
    QTRY_COMPARE(m_test->network.hangingCount(), 1);
    m_test->workspaces.want(u"b"_s);
    m_test->workspaces.want(u"c"_s);
    m_test->network.answerHanging(workspaceAnswer("A"_ba));
    QTRY_COMPARE(m_test->workspaces.nameOf(u"c"_s), u"C"_s);
    QCOMPARE(m_test->workspaces.nameOf(u"a"_s), u"A"_s);
    const QStringList expected{path + u"a"_s, path + u"c"_s};
    QCOMPARE(asked(), expected);
}

void WorkspacesTest::unsafeIdsAreNotAskedFor_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("empty") << QString();
    QTest::newRow("parent") << u".."_s;
    QTest::newRow("slash") << u"a/../jobs/b"_s;
    QTest::newRow("query") << u"a?b=c"_s;
    QTest::newRow("encoded") << u"a%2fb"_s;
    QTest::newRow("long") << QString(65, u'a');
}

void WorkspacesTest::unsafeIdsAreNotAskedFor()
{
    QFETCH(const QString, id);
    m_test->workspaces.want(id);
    answer(u"w"_s, workspaceAnswer("W"_ba));
    m_test->workspaces.want(u"w"_s);
    QTRY_COMPARE(m_test->workspaces.nameOf(u"w"_s), u"W"_s);
    QCOMPARE(asked(), QStringList{path + u"w"_s});
}

void WorkspacesTest::nothingIsAskedWithoutAToken()
{
    m_test->client.setToken({});
    m_test->workspaces.want(u"w"_s);
    m_test->client.setToken(tokenWith("{}"));
    answer(u"w"_s, workspaceAnswer("W"_ba));
    m_test->workspaces.want(u"w"_s);
    QTRY_COMPARE(m_test->workspaces.nameOf(u"w"_s), u"W"_s);
    QCOMPARE(asked().size(), 1);
}

void WorkspacesTest::anotherAddressForgets()
{
    answer(u"w"_s, workspaceAnswer("Here"_ba));
    m_test->workspaces.want(u"w"_s);
    QTRY_COMPARE(m_test->workspaces.nameOf(u"w"_s), u"Here"_s);
    answer(u"slow"_s, Answer::hang());
    m_test->workspaces.want(u"slow"_s);
    QTRY_COMPARE(m_test->network.hangingCount(), 1);
    m_test->client.setAddress(m_test->otherAddress);
    QCOMPARE(m_test->workspaces.nameOf(u"w"_s), QString());
    m_test->client.setToken(tokenWith("{}"));
    answer(u"w"_s, workspaceAnswer("There"_ba));
    m_test->workspaces.want(u"w"_s);
    QTRY_COMPARE(m_test->workspaces.nameOf(u"w"_s), u"There"_s);
}

void WorkspacesTest::malformedAnswerLeavesTheId()
{
    answer(u"w"_s, Answer::ok("{\"workspace\":[]}"));
    m_test->workspaces.want(u"w"_s);
    QTRY_COMPARE(asked().size(), 1);
    settle();
    QCOMPARE(m_test->workspaces.nameOf(u"w"_s), QString());
    QVERIFY(!parseWorkspaceReply("nonsense").has_value());
    QCOMPARE(parseWorkspaceReply(R"({"workspace":{"id":"a","name":null}})").value(),
             (Workspace{u"a"_s, QString()}));
}

QTEST_GUILESS_MAIN(WorkspacesTest)
#include "tst_workspaces.moc"
