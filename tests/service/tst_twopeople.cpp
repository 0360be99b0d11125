// SPDX-License-Identifier: GPL-3.0-or-later

// Two people, or two computers of one, delete the same drafts at the same time.

#include "tests/support/clientonwire.h"
#include "tests/support/comestrue.h"
#include "tests/support/wireworld.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

class TwoPeopleTest final : public QObject
{
    Q_OBJECT

private slots:
    void eachDraftIsDeletedByOneOfThem()
    {
        const QTemporaryDir folder;
        FakeClock clock;
        DraftService service([&clock] { return clock.now(); });
        const Randomness random = [] { return 0.5; };
        WireWorld one(service, clock, folder.filePath(u"one.sqlite"_s), publishedLimits(), random);
        WireWorld other(service, clock, folder.filePath(u"other.sqlite"_s), publishedLimits(),
                        random);
        const QList<JobId> ids = service.addDrafts(100);
        for (WireWorld *world : {&one, &other}) {
            QVERIFY(comesTrue([world] { return !world->history.failure(); }));
            world->client.setToken(tokenOf(u"secret-token"_s));
            world->queue.goOnWithToken({});
            world->list(ids);
            connect(&world->queue, &DeletionQueue::itemFinished, this,
                    [this](const JobId &id, Outcome outcome) { m_outcomes[id] << outcome; });
        }

        QCOMPARE(one.queue.start(ids), 100);
        // From the other end, so that each comes first somewhere.
        QCOMPARE(other.queue.start({ids.crbegin(), ids.crend()}), 100);
        QVERIFY(comesTrue([&] { return !one.queue.isBusy() && !other.queue.isBusy(); }));

        for (const JobId &id : ids) {
            QVERIFY(service.fateOf(id) == JobFate::Deleted);
            QCOMPARE(service.deletionsOf(id), 2);
            QCOMPARE(m_outcomes.value(id).count(Outcome::Deleted), 1);
            QCOMPARE(m_outcomes.value(id).count(Outcome::AlreadyGone), 1);
        }
        // Both were at work, or the test would say nothing.
        QVERIFY(one.queue.summary().deleted > 0);
        QVERIFY(other.queue.summary().deleted > 0);
        QCOMPARE(service.strangers(), QStringList());
    }

private:
    QHash<JobId, QList<Outcome>> m_outcomes;
};

QTEST_GUILESS_MAIN(TwoPeopleTest)
#include "tst_twopeople.moc"
