// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/findwidgets.h"
#include "tests/support/testwindow.h"
#include "ui/statusline.h"

#include <QAccessible>
#include <QLabel>
#include <QStandardPaths>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

class TestStatusLine final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    }
    void init()
    {
        m_test = std::make_unique<TestWindow>();
        m_line = std::make_unique<StatusLine>(m_test->core.connection, m_test->core.client,
                                              m_test->clock);
        m_line->show();
    }
    void cleanup()
    {
        m_line.reset();
        m_test.reset();
    }

    void allowanceReadsAsPromised_data()
    {
        QTest::addColumn<Allowance>("allowance");
        QTest::addColumn<QString>("text");
        QTest::newRow("unknown tier") << Allowance() << QString();
        QTest::newRow("minute and hour")
            << Allowance{.minute = 458, .minuteTotal = 500, .hour = 4958, .hourTotal = 5000}
            << u"allowance: 458/min, 4,958/h"_s;
        QTest::newRow("minute") << Allowance{.minute = 0,
                                             .minuteTotal = 5000,
                                             .hour = {},
                                             .hourTotal = 0}
                                << u"allowance: 0/min"_s;
    }
    void allowanceReadsAsPromised()
    {
        QFETCH(const Allowance, allowance);
        QTEST(allowanceText(allowance), "text");
    }

    void countsReadAsPromised_data()
    {
        QTest::addColumn<JobCounts>("counts");
        QTest::addColumn<QString>("text");
        QTest::newRow("one") << JobCounts{.loaded = 1, .shown = 1} << u"1 job"_s;
        QTest::newRow("loading") << JobCounts{.loaded = 4000, .shown = 4000, .isLoading = true}
                                 << u"4,000 jobs loaded, more to come"_s;
        QTest::newRow("both kinds")
            << JobCounts{.loaded = 4000, .shown = 2000, .selected = 1204, .deletable = 1180}
            << u"2,000 of 4,000 jobs shown; 1,204 selected: 1,180 drafts, 24 not deletable"_s;
        QTest::newRow("in a deletion")
            << JobCounts{.loaded = 4, .shown = 4, .selected = 4, .deletable = 1, .inDeletion = 2}
            << u"4 jobs; 4 selected: 1 draft, 2 being deleted, 1 not deletable"_s;
        QTest::newRow("drafts only")
            << JobCounts{.loaded = 4, .shown = 4, .selected = 2, .deletable = 2}
            << u"4 jobs; 2 selected: 2 drafts"_s;
        QTest::newRow("one draft")
            << JobCounts{.loaded = 4, .shown = 4, .selected = 1, .deletable = 1}
            << u"4 jobs; 1 selected: 1 draft"_s;
        QTest::newRow("what is no job") << JobCounts{.loaded = 4, .shown = 4, .unreadable = 2}
                                        << u"4 jobs; 2 more could not be read"_s;
        QTest::newRow("none") << JobCounts{.loaded = 4, .shown = 4, .selected = 1}
                              << u"4 jobs; 1 selected: 1 not deletable"_s;
    }
    void countsReadAsPromised()
    {
        QFETCH(const JobCounts, counts);
        QTEST(countsText(counts), "text");
    }

    /// The name says what it is, and must not stand in the way of what it says.
    void valuesAreReadOut()
    {
        m_line->setCounts({.loaded = 3, .shown = 3});
        auto *counts = named<QLabel>(*m_line, u"Job counts"_s);
        QVERIFY(counts);
        QAccessibleTextInterface *text
            = QAccessible::queryAccessibleInterface(counts)->textInterface();
        QVERIFY(text);
        QCOMPARE(text->text(0, text->characterCount()), u"3 jobs"_s);
    }

    void allowanceIsHiddenWhileTheTierIsNotKnown()
    {
        QVERIFY(allowance()->isHidden());
        m_test->core.client.setTier(Tier::Community);
        QTRY_VERIFY(allowance()->isVisible());
        QCOMPARE(allowance()->text(), u"allowance: 500/min, 5,000/h"_s);
        m_test->core.client.setTier(Tier::Detect);
        QTRY_VERIFY(allowance()->isHidden());
    }

    void toolTipSaysWhereTheTierComesFrom()
    {
        m_test->core.client.setDetectedTier(Tier::Community);
        QTRY_VERIFY(allowance()->toolTip().contains(u"The service named its tier: Community"_s));
        m_test->core.client.setTier(Tier::Premium);
        QTRY_VERIFY(allowance()->toolTip().contains(u"chosen in the settings: Premium"_s));
    }

    void allowanceFollowsRequestsAndTime()
    {
        m_test->core.client.setTier(Tier::Community);
        m_test->core.client.setToken(AccessToken::fromPasted(u"secret-token"_s).value());
        Request request;
        request.path = u"/users/me"_s;
        const auto future = m_test->core.client.send(request);
        QTRY_COMPARE(allowance()->text(), u"allowance: 499/min, 4,999/h"_s);
        QVERIFY(future.isFinished());
        m_test->core.client.rememberRequests({{m_test->clock.utc().addSecs(-58), 7}});
        QTRY_COMPARE(allowance()->text(), u"allowance: 492/min, 4,992/h"_s);
        // What leaves the minute by time alone is shown as well.
        m_test->clock.advance(std::chrono::seconds(2));
        QTRY_COMPARE(allowance()->text(), u"allowance: 499/min, 4,992/h"_s);
    }

private:
    [[nodiscard]] QLabel *allowance() const
    {
        const auto labels = m_line->findChildren<QLabel *>();
        for (QLabel *label : labels) {
            if (label->accessibleName() == u"Allowance"_s)
                return label;
        }
        return nullptr;
    }

    std::unique_ptr<TestWindow> m_test;
    std::unique_ptr<StatusLine> m_line;
};

QTEST_MAIN(TestStatusLine)
#include "tst_statusline.moc"
