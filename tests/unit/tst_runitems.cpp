// SPDX-License-Identifier: GPL-3.0-or-later

// The order of a run's items on their way from the confirmation to the outcome.

#include "deletion/runitems.h"

#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

JobId idOf(int number)
{
    return {QString::number(number)};
}

RunItem itemOf(int number)
{
    RunItem item;
    item.id = idOf(number);
    return item;
}

RunItems released(int count)
{
    RunItems items;
    for (int number = 0; number < count; ++number)
        items.add(itemOf(number), RunItems::Place::Released);
    return items;
}

const Instant now{1h};

} // namespace

class RunItemsTest final : public QObject
{
    Q_OBJECT

private slots:
    void onlyIntendedItemsAreSent();
    void checksNeedNoIntention();
    void whatCouldNotBeRecordedKeepsItsPlace();
    void whatComesAgainGoesFirstWhenItIsDue();
    void itemsThatWaitAreNotPrepared();
    void whatWasTakenOutMeanwhileStaysOut();
    void withdrawnItemsWereNeverThere();
    void anItemIsTakenOnce();
};

void RunItemsTest::onlyIntendedItemsAreSent()
{
    RunItems items = released(3);
    QVERIFY(!items.takeNext(now));
    const QList<JobId> taken = items.takeUnintended(2);
    QCOMPARE(taken, (QList{idOf(0), idOf(1)}));
    QVERIFY(!items.takeNext(now));
    QCOMPARE(items.preparedCount(), 2);
    items.setIntended(taken);
    QCOMPARE(items.takeNext(now), idOf(0));
    QCOMPARE(items.takeNext(now), idOf(1));
    QVERIFY(!items.takeNext(now));
}

void RunItemsTest::checksNeedNoIntention()
{
    RunItems items;
    RunItem item = itemOf(0);
    item.needsCheck = true;
    items.add(item, RunItems::Place::Held);
    QVERIFY(!items.takeNext(now));
    items.releaseHeld();
    QCOMPARE(items.takeNext(now), idOf(0));
    // It turned out to be there: its DELETE needs one.
    items.at(idOf(0)).needsCheck = false;
    items.putBack(idOf(0), now);
    QVERIFY(!items.takeNext(now));
    QCOMPARE(items.takeUnintended(9), QList{idOf(0)});
}

void RunItemsTest::whatCouldNotBeRecordedKeepsItsPlace()
{
    RunItems items = released(3);
    items.setUnintended(items.takeUnintended(2));
    QCOMPARE(items.preparedCount(), 0);
    QCOMPARE(items.takeUnintended(9), (QList{idOf(0), idOf(1), idOf(2)}));
}

void RunItemsTest::whatComesAgainGoesFirstWhenItIsDue()
{
    RunItems items = released(2);
    items.setIntended(items.takeUnintended(2));
    QCOMPARE(items.takeNext(now), idOf(0));
    items.putBack(idOf(0), now + 5s);
    QCOMPARE(items.nextDue(), now + 5s);
    QCOMPARE(items.takeNext(now), idOf(1));
    items.putBack(idOf(1), now + 9s);
    QVERIFY(!items.takeNext(now + 4s));
    QCOMPARE(items.takeNext(now + 5s), idOf(0));
}

void RunItemsTest::itemsThatWaitAreNotPrepared()
{
    RunItems items = released(1);
    items.setIntended(items.takeUnintended(1));
    QCOMPARE(items.takeNext(now), idOf(0));
    items.putBack(idOf(0), now + 1min);
    // Otherwise some that wait for their back-off would keep all others from being recorded.
    QCOMPARE(items.preparedCount(), 0);
}

void RunItemsTest::whatWasTakenOutMeanwhileStaysOut()
{
    RunItems items = released(2);
    const QList<JobId> recording = items.takeUnintended(1);
    QCOMPARE(items.takeAll(), (QList{idOf(0), idOf(1)}));
    items.setIntended(recording);
    QVERIFY(!items.takeNext(now));
}

void RunItemsTest::withdrawnItemsWereNeverThere()
{
    RunItems items;
    items.add(itemOf(0), RunItems::Place::Held);
    QCOMPARE(items.takeHeld(), QList{idOf(0)});
    items.withdraw(idOf(0));
    QCOMPARE(items.summary().total(), 0);
    QVERIFY(!items.find(idOf(0)));
}

void RunItemsTest::anItemIsTakenOnce()
{
    RunItems items = released(1);
    QVERIFY(!items.add(itemOf(0), RunItems::Place::Released));
    items.setIntended(items.takeUnintended(1));
    const auto id = items.takeNext(now);
    items.finish(*id, Outcome::Failed, {});
    QVERIFY(items.add(itemOf(0), RunItems::Place::Released));
    QCOMPARE(items.summary().left, 1);
    items.setIntended(items.takeUnintended(1));
    items.finish(*items.takeNext(now), Outcome::Deleted, {});
    QVERIFY(!items.add(itemOf(0), RunItems::Place::Released));
    QCOMPARE(items.summary().deleted, 1);
}

QTEST_GUILESS_MAIN(RunItemsTest)
#include "tst_runitems.moc"
