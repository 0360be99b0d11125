// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/findwidgets.h"
#include "ui/errorwording.h"
#include "ui/jobs/jobspage.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace Jobsweep;

using TokenState = Connection::TokenState;
using Listing = JobLister::State;
Q_DECLARE_METATYPE(Jobsweep::JobsPageFacts)
Q_DECLARE_METATYPE(Jobsweep::JobsPageKind)
Q_DECLARE_METATYPE(Jobsweep::KeychainResult)

class TestJobsPage final : public QObject
{
    Q_OBJECT

private slots:
    void choosesThePage_data();
    void choosesThePage();
    void everyPageOffersTheNextStep_data();
    void everyPageOffersTheNextStep();
    void keychainIsExplained_data();
    void keychainIsExplained();
    void focusStaysOnThePage();
    void failureIsExplained();
};

void TestJobsPage::choosesThePage_data()
{
    QTest::addColumn<JobsPageFacts>("facts");
    QTest::addColumn<JobsPageKind>("kind");

    const JobQuery drafts;
    const JobQuery all{.state = {}};
    const JobQuery failed{.state = JobState::Failed};
    const JobQuery ofITwin{.iTwinIds = {u"x"_s}, .state = JobState::Unsubmitted};
    const auto row = [](const char *name, const JobsPageFacts &facts, JobsPageKind kind) {
        QTest::newRow(name) << facts << kind;
    };
    using Kind = JobsPageKind;
    row("no token", {TokenState::Missing, Listing::NotLoaded, drafts}, Kind::FirstRun);
    row("no token, and so a failure", {TokenState::Missing, Listing::Failed, drafts},
        Kind::FirstRun);
    row("the keychain is asked", {TokenState::Reading, Listing::NotLoaded, drafts},
        Kind::ReadingToken);
    row("not loaded", {TokenState::Kept, Listing::NotLoaded, drafts}, Kind::NotLoaded);
    row("stopped before the first page", {TokenState::Kept, Listing::Stopped, drafts},
        Kind::NotLoaded);
    row("loading", {TokenState::Kept, Listing::Loading, drafts}, Kind::Loading);
    row("failed", {TokenState::Kept, Listing::Failed, drafts}, Kind::Failed);
    row("token refused", {TokenState::Rejected, Listing::Failed, drafts}, Kind::Failed);
    row("no drafts", {TokenState::Kept, Listing::Complete, drafts}, Kind::NoDrafts);
    row("no drafts among all jobs", {TokenState::Kept, Listing::Complete, drafts, false, 0, 9},
        Kind::NoDrafts);
    row("no jobs", {TokenState::Kept, Listing::Complete, all}, Kind::NoJobs);
    row("no failed jobs", {TokenState::Kept, Listing::Complete, failed}, Kind::NothingMatches);
    row("no drafts in the iTwin", {TokenState::Kept, Listing::Complete, ofITwin},
        Kind::NothingMatches);
    row("search finds nothing", {TokenState::Kept, Listing::Complete, drafts, true, 0, 9},
        Kind::NothingMatches);
    row("search finds nothing so far", {TokenState::Kept, Listing::Loading, drafts, true, 0, 9},
        Kind::NothingMatches);
    row("first rows, more to come", {TokenState::Kept, Listing::Loading, drafts, false, 9, 9},
        Kind::Table);
    row("rows, then a failure", {TokenState::Kept, Listing::Failed, drafts, false, 9, 9},
        Kind::Table);
    row("rows, then the token was forgotten",
        {TokenState::Missing, Listing::Complete, drafts, false, 9, 9}, Kind::Table);
}

void TestJobsPage::choosesThePage()
{
    QFETCH(JobsPageFacts, facts);
    QFETCH(JobsPageKind, kind);
    QCOMPARE(pageFor(facts), kind);
}

void TestJobsPage::everyPageOffersTheNextStep_data()
{
    QTest::addColumn<JobsPageKind>("kind");
    QTest::addColumn<QStringList>("buttons");
    QTest::newRow("first run") << JobsPageKind::FirstRun
                               << QStringList{u"Enter Access Token…"_s, u"Try the Demo"_s};
    QTest::newRow("reading the token")
        << JobsPageKind::ReadingToken << QStringList{u"Enter Access Token…"_s};
    QTest::newRow("loading") << JobsPageKind::Loading << QStringList{};
    QTest::newRow("not loaded") << JobsPageKind::NotLoaded << QStringList{u"Load Jobs"_s};
    QTest::newRow("nothing matches")
        << JobsPageKind::NothingMatches << QStringList{u"Clear Search and Filters"_s};
    QTest::newRow("no drafts") << JobsPageKind::NoDrafts << QStringList{};
    QTest::newRow("no jobs") << JobsPageKind::NoJobs << QStringList{};
    QTest::newRow("failed") << JobsPageKind::Failed << QStringList{u"Retry"_s};
    QTest::newRow("table") << JobsPageKind::Table << QStringList{};
}

void TestJobsPage::everyPageOffersTheNextStep()
{
    QFETCH(JobsPageKind, kind);
    QFETCH(QStringList, buttons);
    auto *table = new QWidget;
    JobsPage page(table);
    page.show();
    page.showPage(kind, {});
    QCOMPARE(table->isVisible(), kind == JobsPageKind::Table);
    QStringList visible;
    const auto all = page.findChildren<QPushButton *>();
    for (const QPushButton *button : all) {
        if (button->isVisible())
            visible.append(button->text());
    }
    QCOMPARE(visible, buttons);
}

void TestJobsPage::keychainIsExplained_data()
{
    QTest::addColumn<JobsPageKind>("kind");
    QTest::addColumn<KeychainResult>("keychain");
    QTest::addColumn<QString>("expected");
    const QString none;
    QTest::newRow("being read") << JobsPageKind::ReadingToken << KeychainResult::Done
                                << u"Reading the access token from the system keychain…"_s;
    QTest::newRow("not asked") << JobsPageKind::FirstRun << KeychainResult::Done << none;
    QTest::newRow("no entry") << JobsPageKind::FirstRun << KeychainResult::NoEntry << none;
    QTest::newRow("denied") << JobsPageKind::FirstRun << KeychainResult::Denied
                            << u"The keychain is locked or denied access."_s;
    QTest::newRow("unavailable") << JobsPageKind::FirstRun << KeychainResult::Unavailable
                                 << u"This computer has no keychain that Jobsweep can use."_s;
    QTest::newRow("withheld") << JobsPageKind::FirstRun << KeychainResult::Withheld
                              << u"it is locked, or the token was removed."_s;
    QTest::newRow("no answer") << JobsPageKind::FirstRun << KeychainResult::NoAnswer
                               << u"The keychain did not answer."_s;
}

void TestJobsPage::keychainIsExplained()
{
    QFETCH(JobsPageKind, kind);
    QFETCH(KeychainResult, keychain);
    QFETCH(QString, expected);
    JobsPage page(new QWidget);
    page.showPage(kind, {}, keychain);
    QString shown;
    const auto labels = page.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        shown += label->text() + u'\n';
    QVERIFY2(shown.contains(expected), qPrintable(shown));
    QCOMPARE(shown.contains(u"keychain"_s), !expected.isEmpty());
    const QPushButton *again = Testing::button(page, u"Ask the Keychain Again"_s);
    QCOMPARE(again != nullptr, isFailure(keychain));
}

/// Its button goes, and whoever cannot see the page hears what came instead.
void TestJobsPage::focusStaysOnThePage()
{
    // Lives longer than the page, which loses the focus once more when it ends.
    QStringList visited;
    JobsPage page(new QWidget);
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    page.showPage(JobsPageKind::FirstRun, {});
    const auto *enter = qobject_cast<QPushButton *>(QApplication::focusWidget());
    QVERIFY(enter);
    QCOMPARE(enter->text(), u"Enter Access Token…"_s);
    QVERIFY(enter->accessibleDescription().contains(u"access token"_s));
    connect(qApp, &QApplication::focusChanged, &page, [&visited](QWidget *, const QWidget *now) {
        visited.append(now ? now->accessibleName() : u"nothing"_s);
    });
    page.showPage(JobsPageKind::Loading, {});
    QCOMPARE(visited.size(), 1); // without a stop on the way
    QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Loading jobs…"_s);
}

void TestJobsPage::failureIsExplained()
{
    JobsPage page(new QWidget);
    NetworkFailure failure;
    failure.kind = NetworkFailure::Kind::Unreachable;
    page.showPage(JobsPageKind::Failed, ApiError(failure));
    const auto labels = page.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) {
        return label->text() == errorLine(failure, Occasion::Listing);
    }));
    QSignalSpy retried(&page, &JobsPage::loadRequested);
    const auto buttons = page.findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->text() == u"Retry"_s)
            button->click();
    }
    QCOMPARE(retried.count(), 1);
}

QTEST_MAIN(TestJobsPage)
#include "tst_jobspage.moc"
