// SPDX-License-Identifier: GPL-3.0-or-later

// A window that stays open all day: refreshed a thousand times, its docks and dialogs opened and
// closed hundreds of times, it holds at the end what it held in the middle.

#include "tests/support/comestrue.h"
#include "tests/support/livebytes.h"
#include "tests/support/testwindow.h"

#include <QAction>
#include <QDialog>
#include <QDockWidget>
#include <QLineEdit>
#include <QStandardPaths>
#include <QToolButton>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

/// In hundredths of what was in use in the middle.
constexpr int mostGrowth = 5;
constexpr int listed = 1000;

/// A service whose listings are ready made, and come and go in turn: every other one lacks some
/// jobs of the one before and has others.
class TwoListings
{
public:
    TwoListings()
    {
        QList<Job> all = someJobs(3 * listed * 11 / 10);
        all.removeIf([](const Job &job) { return job.state != JobState::Unsubmitted; });
        m_pages = {pageOf(all.first(listed)), pageOf(all.last(listed))};
    }

    [[nodiscard]] Answer next() { return Answer::ok(m_pages.at(m_asked++ % m_pages.size())); }

private:
    static QByteArray pageOf(const QList<Job> &jobs)
    {
        QJsonArray list;
        for (const Job &job : jobs)
            list.append(jsonOf(job));
        return QJsonDocument(QJsonObject{{u"jobs"_s, list}}).toJson();
    }

    QByteArrayList m_pages;
    int m_asked = 0;
};

} // namespace

class ManyRefreshesTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { m_test.reset(); }
    void memoryStaysOverRefreshes();
    void memoryStaysOverDocksAndDialogs();

private:
    void refresh();
    void openAndClose();
    /// Does it `times` over, and compares what is in use at the end with the middle.
    void repeat(int times, const std::function<void()> &action);

    TwoListings m_listings;
    std::unique_ptr<TestWindow> m_test;
};

void ManyRefreshesTest::init()
{
    m_test = std::make_unique<TestWindow>();
    m_test->network.answerWith = [this](const Seen &seen) {
        return seen.url.path() == u"/contextcapture/jobs"_s ? m_listings.next()
                                                            : m_test->service.answer(seen);
    };
    m_test->window.show();
    QVERIFY(QTest::qWaitForWindowActive(&m_test->window));
    m_test->open();
    QTRY_COMPARE(m_test->core.lister.state(), JobLister::State::Complete);
    QTRY_COMPARE(m_test->table()->model()->rowCount(), listed);
    m_test->network.seen.clear();
}

void ManyRefreshesTest::repeat(int times, const std::function<void()> &action)
{
    qint64 middle = 0;
    for (int i = 1; i <= times && !QTest::currentTestFailed(); ++i) {
        action();
        // What the fakes remember is theirs, the ends of requests that are over among it.
        m_test->clock.advance(2 * RestClient::deadline);
        m_test->network.seen.clear();
        if (i == times / 2)
            middle = liveBytes();
    }
    const qint64 end = liveBytes();
    qInfo("%d times: %lld kB in the middle, %lld kB at the end", times, middle / 1000, end / 1000);
    QCOMPARE_LE(end, middle + middle * mostGrowth / 100);
}

void ManyRefreshesTest::refresh()
{
    const auto *button = m_test->named<QToolButton>(u"Refresh"_s);
    QVERIFY(comesTrue([button] { return button->isEnabled(); }));
    QTest::keyClick(&m_test->window, Qt::Key_F5);
    QVERIFY(comesTrue([this] {
        return !m_test->network.seen.isEmpty()
            && m_test->core.lister.state() == JobLister::State::Complete;
    }));
    QCOMPARE(m_test->core.jobs.rowCount(), listed);
    QCoreApplication::processEvents(); // for what was put off until the listing is over
}

void ManyRefreshesTest::openAndClose()
{
    m_test->window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_test->window));
    const auto docks = m_test->window.findChildren<QDockWidget *>();
    for (QDockWidget *dock : docks)
        dock->setVisible(!dock->isVisible());
    QTest::keyClick(&m_test->window, Qt::Key_H, Qt::ControlModifier);
    const auto isSearchShown = [this] {
        const auto *search = m_test->named<QLineEdit>(u"Search history"_s);
        return search && search->isVisible();
    };
    QVERIFY(comesTrue(isSearchShown));
    QVERIFY(m_test->named<QLineEdit>(u"Search history"_s)->window()->close());

    m_test->clickCell(0, JobModel::Column::Delete);
    QVERIFY(comesTrue([this] { return m_test->button(u"Delete 1 Job"_s) != nullptr; }));
    QTest::keyClick(m_test->button(u"Cancel"_s)->window(), Qt::Key_Escape);
    QVERIFY(comesTrue([this] { return m_test->window.findChild<QDialog *>() == nullptr; }));
}

void ManyRefreshesTest::memoryStaysOverRefreshes()
{
    repeat(1000, [this] { refresh(); });
}

void ManyRefreshesTest::memoryStaysOverDocksAndDialogs()
{
    repeat(200, [this] { openAndClose(); });
}

QTEST_MAIN(ManyRefreshesTest)
#include "tst_manyrefreshes.moc"
