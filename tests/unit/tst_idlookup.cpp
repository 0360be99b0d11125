// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/idlookup.h"
#include "tests/support/deletionworld.h"

#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

struct LookupWorld : DeletionWorld
{
    void lookUp(const QStringList &texts, const QStringList &filters)
    {
        QList<JobId> ids;
        for (const QString &text : texts)
            ids.append({text});
        lookup = std::make_unique<IdLookup>(api, Patience{clock, [] { return 1.0; }}, ids, filters);
        QObject::connect(lookup.get(), &IdLookup::found, lookup.get(),
                         [this](const QList<Job> &jobs) {
                             for (const Job &job : jobs)
                                 found.append(job.id.text);
                         });
        QObject::connect(lookup.get(), &IdLookup::notFound, lookup.get(),
                         [this](const JobId &id) { missing.append(id.text); });
        QObject::connect(lookup.get(), &IdLookup::failed, lookup.get(),
                         [this](const ListingFailure &failure) { failed.append(failure.id.text); });
        QObject::connect(lookup.get(), &IdLookup::finished, lookup.get(), [this] { ++ends; });
        lookup->start();
        settle();
    }

    std::unique_ptr<IdLookup> lookup;
    QStringList found;
    QStringList missing;
    QStringList failed;
    int ends = 0;
};

bool isList(const Seen &seen)
{
    return seen.url.path().endsWith(u"/jobs"_s);
}

Answer page(const QStringList &ids)
{
    QByteArrayList jobs;
    for (const QString &id : ids)
        jobs.append(R"({"state":"active","id":")" + id.toLatin1() + "\"}");
    return Answer::ok("{\"jobs\":[" + jobs.join(',') + "]}");
}

} // namespace

/// Looking up a list of ids: in pieces, then each, and what became of every one.
class IdLookupTest final : public QObject
{
    Q_OBJECT

private slots:
    void whatPiecesDoNotBringIsAskedForOneByOne()
    {
        LookupWorld w;
        w.network.answerWith = [](const Seen &seen) {
            if (isList(seen))
                return page({u"A"_s, u"stranger"_s});
            return seen.url.path().endsWith(u"b"_s) ? answerJob({u"b"_s}, "active")
                                                    : answerJobNotFound();
        };
        w.lookUp({u"a"_s, u"b"_s, u"c"_s, u"B"_s}, {u"id in ('a', 'b', 'c')"_s});
        QCOMPARE(w.found, QStringList({u"A"_s, u"b"_s}));
        QCOMPARE(w.missing, QStringList(u"c"_s));
        QVERIFY(w.failed.isEmpty());
        QCOMPARE(w.ends, 1);
        QVERIFY(!w.lookup->error());
        QCOMPARE(w.network.seen.size(), 3);
    }

    void refusedPiecesAreNotTriedAgain_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("422") << 422;
        QTest::newRow("400") << 400;
    }
    void refusedPiecesAreNotTriedAgain()
    {
        QFETCH(int, status);
        LookupWorld w;
        w.network.answerWith = [status](const Seen &seen) {
            return isList(seen) ? Answer::withStatus(status)
                                : answerJob({seen.url.path().section(u'/', -1)}, "active");
        };
        w.lookUp({u"a"_s, u"b"_s}, {u"id in ('a')"_s, u"id in ('b')"_s});
        w.found.sort(); // the answers are read side by side
        QCOMPARE(w.found, QStringList({u"a"_s, u"b"_s}));
        QCOMPARE(w.network.seen.size(), 3);
        QCOMPARE(w.ends, 1);
    }

    void otherFailuresAreNotMissing()
    {
        LookupWorld w;
        w.network.answerWith = [](const Seen &seen) {
            if (isList(seen))
                return Answer::withStatus(403);
            return seen.url.path().endsWith(u"a"_s)
                ? Answer::withStatus(404, R"({"error":{"code":"ResourceNotFound"}})")
                : answerJobNotFound();
        };
        w.lookUp({u"a"_s, u"b"_s}, {u"id in ('a', 'b')"_s});
        QCOMPARE(w.failed, QStringList(u"a"_s));
        QCOMPARE(w.missing, QStringList(u"b"_s));
        QCOMPARE(w.ends, 1);
    }

    void aTokenThatIsNotAcceptedEndsTheLookup()
    {
        LookupWorld w;
        w.network.answerWith
            = [](const Seen &seen) { return isList(seen) ? page({}) : answerUnauthorized(); };
        QStringList ids;
        for (int number = 0; number < 100; ++number)
            ids.append(QString::number(number));
        w.lookUp(ids, {u"id in ('0')"_s});
        QCOMPARE(w.ends, 1);
        QVERIFY(w.lookup->error());
        QCOMPARE(statusOf(*w.lookup->error()), 401);
        QVERIFY(w.network.seen.size() <= 1 + IdLookup::requestsAtOnce);
        QVERIFY(w.missing.isEmpty() && w.failed.isEmpty());
    }

    void aFewRequestsAreUnderWayAtATime()
    {
        LookupWorld w;
        w.network.answerWith
            = [](const Seen &seen) { return isList(seen) ? page({}) : Answer::hang(); };
        QStringList ids;
        for (int number = 0; number < 50; ++number)
            ids.append(QString::number(number));
        w.lookUp(ids, {u"id in ('0')"_s});
        QVERIFY(w.network.hangingCount() <= IdLookup::requestsAtOnce);
        for (int number = 0; number < 50; ++number) {
            QVERIFY(w.network.hangingCount() > 0);
            w.network.answerHanging(answerJobNotFound());
            w.settle();
        }
        QCOMPARE(w.missing.size(), 50);
        QCOMPARE(w.ends, 1);
    }
};

QTEST_GUILESS_MAIN(IdLookupTest)
#include "tst_idlookup.moc"
