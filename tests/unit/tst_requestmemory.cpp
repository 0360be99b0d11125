// SPDX-License-Identifier: GPL-3.0-or-later

// The hourly limit over a restart: what was sent is written down and recalled.

#include "deletion/requestmemory.h"
#include "tests/support/deletionworld.h"

#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class RequestMemoryTest final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup()
    {
        m_memory.reset();
        m_world.reset();
    }
    void everyRequestIsWrittenDown();
    void earlierRequestsTakeTheirPlaces();
    void requestsOfThisSessionAreNotCountedTwice();
    void aClockThatWasSetBackForgetsNothing();
    void waitsForTheHistory();
    void anotherAddressRecallsItsOwn();

private:
    void remember()
    {
        m_memory
            = std::make_unique<RequestMemory>(m_world->history, m_world->client, m_world->clock);
        m_world->settle();
    }
    [[nodiscard]] std::optional<int> leftInHour() const { return m_world->client.allowance().hour; }

    std::unique_ptr<DeletionWorld> m_world;
    std::unique_ptr<RequestMemory> m_memory;
};

void RequestMemoryTest::init()
{
    m_world = std::make_unique<DeletionWorld>();
    m_world->client.setTier(Tier::Community);
    m_world->network.answerWith = [](const Seen &) { return answerDeleted(); };
}

void RequestMemoryTest::everyRequestIsWrittenDown()
{
    remember();
    m_world->queue.start(m_world->list(3));
    m_world->settle();
    int written = 0;
    for (const RequestCount &count : std::as_const(m_world->history.requestCounts))
        written += count.requests;
    QCOMPARE(written, 3);
}

void RequestMemoryTest::earlierRequestsTakeTheirPlaces()
{
    m_world->history.requestCounts = {{m_world->clock.utc().addSecs(-1800), 4000}};
    remember();
    QCOMPARE(leftInHour(), 1000);
}

void RequestMemoryTest::requestsOfThisSessionAreNotCountedTwice()
{
    m_world->history.setFailure(HistoryFailure{});
    remember();
    m_world->pass(10s);
    m_world->history.requestCounts
        = {{m_world->clock.utc().addSecs(-5), 7}, {m_world->clock.utc().addSecs(-100), 100}};
    m_world->history.setFailure({});
    m_world->settle();
    QCOMPARE(leftInHour(), 4900);
}

void RequestMemoryTest::aClockThatWasSetBackForgetsNothing()
{
    // By this clock the earlier session sends them tomorrow.
    m_world->history.requestCounts = {{m_world->clock.utc().addDays(1), 10}};
    remember();
    QCOMPARE(leftInHour(), 4990);
}

void RequestMemoryTest::waitsForTheHistory()
{
    m_world->history.requestCounts = {{m_world->clock.utc().addSecs(-60), 10}};
    m_world->history.setFailure(HistoryFailure{});
    remember();
    QCOMPARE(leftInHour(), 5000);
    m_world->history.setFailure({});
    m_world->settle();
    QCOMPARE(leftInHour(), 4990);
}

void RequestMemoryTest::anotherAddressRecallsItsOwn()
{
    remember();
    m_world->history.requestCounts = {{m_world->clock.utc().addSecs(-60), 10}};
    m_world->client.setAddress(ServiceAddress::parse(u"http://127.0.0.1:9"_s).value());
    m_world->settle();
    QCOMPARE(leftInHour(), 4990);
}

QTEST_GUILESS_MAIN(RequestMemoryTest)
#include "tst_requestmemory.moc"
