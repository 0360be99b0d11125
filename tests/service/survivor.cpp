// SPDX-License-Identifier: GPL-3.0-or-later

// survivor ADDRESS TOKEN HISTORY COUNT: the program without its window, for the test that kills it.
// Confirms COUNT drafts when the history has no run yet; otherwise does what a person would do
// after a crash: waits until everything is checked, and confirms again what was not sent. Prints a
// line for each step, and ends by itself when every confirmed job has its outcome.

#include "core.h"
#include "deletion/sqlitehistory.h"
#include "http/whendone.h"
#include "tests/support/faketokenstore.h"

#include <QCoreApplication>
#include <QFile>
#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

void say(const char *what, const QString &id = {})
{
    std::printf("%s %s\n", what, qPrintable(id));
    std::fflush(stdout);
}

/// Stands in for the person.
class Person final : public QObject
{
public:
    Person(Core &core, int count) : m_core(core), m_count(count)
    {
        connect(&core.queue, &DeletionQueue::runFinished, this, &Person::goOnSoon);
        connect(&core.recovery, &Recovery::changed, this, &Person::goOnSoon);
        connect(&core.queue, &DeletionQueue::phaseChanged, this, &Person::goOnSoon);
        connect(&core.lister, &JobLister::stateChanged, this, &Person::confirmFirst);
    }

    void begin(bool isFirst)
    {
        say("ready");
        if (isFirst) {
            m_core.lister.start({});
            return;
        }
        // The recovery asks for what was left as soon as this fires. The history carries its calls
        // out in their order, so when it has answered this one too, the recovery knows.
        connect(&m_core.connection, &Connection::accountSettled, this, [this] {
            whenDone(m_core.history.unfinished(m_core.client.address().origin()), this,
                     [this](const QList<UnfinishedItem> &) {
                         m_hasLooked = true;
                         goOnSoon();
                     });
        });
    }

private:
    void confirmFirst()
    {
        if (m_core.lister.state() != JobLister::State::Complete || m_hasLooked)
            return;
        QList<JobId> ids;
        for (int row = 0; row < m_core.jobs.rowCount() && ids.size() < m_count; ++row) {
            // Every other one, so that a deletion of the wrong job would be seen.
            if (row % 2 == 0 && m_core.jobs.isDeletableAt(row))
                ids.append(m_core.jobs.jobAt(row).id);
        }
        for (const JobId &id : std::as_const(ids))
            say("confirmed", id.text);
        m_hasLooked = true;
        m_core.queue.start(ids);
        // The history carries its calls out in their order.
        whenDone(m_core.history.unfinished(m_core.client.address().origin()), this,
                 [](const QList<UnfinishedItem> &) { say("recorded"); });
    }

    void goOnSoon() { QMetaObject::invokeMethod(this, &Person::goOn, Qt::QueuedConnection); }

    void goOn()
    {
        if (!m_hasLooked || m_core.queue.isBusy() || m_core.recovery.checking() > 0)
            return;
        QList<JobId> left;
        for (const UnfinishedItem &item : m_core.recovery.toReview())
            left.append(item.item.id);
        if (!left.isEmpty()) {
            m_core.recovery.deleteReviewed(left, {});
            return;
        }
        say("done");
        QCoreApplication::quit();
    }

    Core &m_core;
    int m_count;
    bool m_hasLooked = false;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString historyFile = arguments.value(3);
    const bool isFirst = !QFile::exists(historyFile);
    const QTemporaryDir folder;
    Settings settings(folder.filePath(u"settings.ini"_s));
    SystemClock clock;
    QNetworkAccessManager network;
    Testing::FakeTokenStore tokens;
    SqliteHistory history;
    Core core({network, clock, tokens, settings, history, historyFile});
    Person person(core, arguments.value(4).toInt());
    QObject::connect(&history, &SqliteHistory::opened, &person, [&] {
        core.connection.openForSession(ServiceAddress::parse(arguments.value(1)).value(),
                                       AccessToken::fromPasted(arguments.value(2)).value());
        person.begin(isFirst);
    });
    history.open(historyFile);
    return QCoreApplication::exec();
}
