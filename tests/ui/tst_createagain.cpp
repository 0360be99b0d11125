// SPDX-License-Identifier: GPL-3.0-or-later

// The dialog that creates deleted drafts again: what it says before, and what it shows then.

#include "tests/support/findwidgets.h"
#include "tests/support/recreationworld.h"
#include "ui/deletion/createagain.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int resultColumn = 6;

CreationQuestion questionAbout(const QStringList &names)
{
    CreationQuestion question;
    for (const QString &name : names)
        question.drafts.append(RecreationWorld::draftNamed(name));
    question.host = u"api.bentley.com"_s;
    question.account = u"Jane Doe"_s;
    return question;
}

/// The dialog on a fake service.
struct Stage
{
    explicit Stage(const CreationQuestion &question)
        : dialog(
            question,
            std::make_unique<Recreation>(world.api, world.history, world.clock, [] { return 1.0; }),
            world.clock, [](const QString &text) { return text; })
    {
        dialog.open();
        if (!QTest::qWaitForWindowActive(&dialog))
            QTest::qFail("the dialog did not become active", __FILE__, __LINE__);
    }

    [[nodiscard]] QPushButton *button(const QString &text) const
    {
        return Testing::button(dialog, text);
    }
    void click(const QString &text)
    {
        QPushButton *found = button(text);
        if (found == nullptr)
            QTest::qFail(qPrintable(QString("there is no button "_L1 + text)), __FILE__, __LINE__);
        else
            found->click();
        world.settle();
    }
    /// Every text that is visible outside the table.
    [[nodiscard]] QString texts() const
    {
        QStringList all;
        const QList<QLabel *> labels = dialog.findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->isVisible())
                all.append(label->text());
        }
        return all.join(u'\n');
    }
    [[nodiscard]] QTreeWidget *table() const { return dialog.findChild<QTreeWidget *>(); }
    [[nodiscard]] QString result(int row) const
    {
        return table()->isColumnHidden(resultColumn)
            ? QString()
            : table()->topLevelItem(row)->text(resultColumn);
    }
    [[nodiscard]] bool isErrorShown() const
    {
        return dialog.findChild<ErrorPanel *>()->isVisible();
    }

    RecreationWorld world;
    CreateAgain dialog;
};

} // namespace

class CreateAgainTest final : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatWillBe();
    void namesWhatIsLost();
    void saysWhatWasCreatedBefore();
    void impossibleOnesAreExplained();
    void nothingCanBeCreated();
    void foreignTextIsMadeVisible();
    void nothingIsSentWithoutAYes();
    void escapeMeansNo();
    void newIdsAreShownAndTold();
    void refusalIsExplained();
    void doubledOnesNameTheirIds();
    void saysWhatItWaitsFor();
    void stopKeepsWhatIsThere();
    void escapeStopsAndStays();
    void unwritableHistoryIsSaid();
    void unreadableListIsExplained();
};

void CreateAgainTest::saysWhatWillBe()
{
    const Stage stage(questionAbout({u"Bridge"_s}));

    QCOMPARE(stage.table()->accessibleName(), u"Jobs to create"_s);
    const QTreeWidgetItem *row = stage.table()->topLevelItem(0);
    QStringList cells;
    for (int column = 0; column < resultColumn - 1; ++column)
        cells.append(row->text(column));
    QCOMPARE(cells, (QStringList{u"Bridge"_s, u"Full"_s, u"w"_s, u"1"_s, u"OBJ"_s}));
    QVERIFY(stage.texts().contains(u"a new id and a new date"_s));
    QVERIFY(stage.texts().contains(u"Jane Doe"_s));
    QVERIFY(stage.texts().contains(u"api.bentley.com"_s));
    QVERIFY(stage.button(u"Create 1 Job"_s));
    QVERIFY(!stage.button(u"Stop"_s));
    QVERIFY(stage.button(u"Cancel"_s)->isDefault());
    QVERIFY(stage.button(u"Cancel"_s)->hasFocus());
}

void CreateAgainTest::namesWhatIsLost()
{
    CreationQuestion question = questionAbout({u"Bridge"_s});
    question.drafts[0].definition.replace(R"("id":"old",)",
                                          R"("id":"old","location":"East US","flavour":"mint",)");

    const Stage stage(question);

    QCOMPARE(stage.table()->topLevelItem(0)->text(resultColumn - 1), u"location, flavour"_s);
}

void CreateAgainTest::saysWhatWasCreatedBefore()
{
    CreationQuestion question = questionAbout({u"A"_s, u"B"_s, u"C"_s});
    QVERIFY(!Stage(question).texts().contains(u"before"_s));

    question.drafts[1].timesCreated = 1;
    QVERIFY(Stage(question).texts().contains(u"was created again before"_s));
    question.drafts[2].timesCreated = 2;
    QVERIFY(Stage(question).texts().contains(u"2 of these jobs were created again before"_s));
}

void CreateAgainTest::impossibleOnesAreExplained()
{
    CreationQuestion question = questionAbout({u"A"_s, u"Broken"_s, u"B"_s});
    question.drafts[1].definition = R"({"name":"Broken","type":"Full","inputs":[],
        "jobSettings":{"quality":"Extra","outputs":[]}})";

    const Stage stage(question);

    QCOMPARE(stage.table()->topLevelItemCount(), 2);
    QVERIFY(stage.button(u"Create 2 Jobs"_s));
    QVERIFY(stage.texts().contains(u"1 job cannot be created"_s));
    QVERIFY(stage.texts().contains(u"Broken"_s));
    QVERIFY(stage.texts().contains(u": no workspace"_s));
}

void CreateAgainTest::nothingCanBeCreated()
{
    CreationQuestion question = questionAbout({u"Broken"_s});
    question.drafts[0].definition = "?";

    const Stage stage(question);

    QVERIFY(!stage.table()->isVisible());
    QVERIFY(stage.texts().contains(u"cannot be created again"_s));
    QVERIFY(stage.texts().contains(u"its record cannot be read"_s));
    QVERIFY(stage.button(u"Close"_s));
}

void CreateAgainTest::foreignTextIsMadeVisible()
{
    CreationQuestion question = questionAbout({u"<b>x</b>\u202e"_s});
    question.account = u"<i>Jane</i>"_s;

    const Stage stage(question);

    QCOMPARE(stage.table()->topLevelItem(0)->text(0), u"<b>x</b>\\u{202E}"_s);
    QVERIFY(!stage.table()->topLevelItem(0)->toolTip(0).contains(u"<b>"_s));
    const QList<QLabel *> labels = stage.dialog.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void CreateAgainTest::nothingIsSentWithoutAYes()
{
    Stage stage(questionAbout({u"Bridge"_s}));
    stage.world.settle();
    stage.click(u"Cancel"_s);

    QVERIFY(!stage.dialog.isVisible());
    QCOMPARE(stage.world.requests(), QStringList());
}

void CreateAgainTest::escapeMeansNo()
{
    Stage stage(questionAbout({u"Bridge"_s}));

    QTest::keyClick(&stage.dialog, Qt::Key_Escape);
    stage.world.settle();

    QVERIFY(!stage.dialog.isVisible());
    QCOMPARE(stage.world.requests(), QStringList());
}

void CreateAgainTest::newIdsAreShownAndTold()
{
    Stage stage(questionAbout({u"A"_s, u"B"_s}));
    stage.world.posts = {{RecreationWorld::created(u"new-1"_s)}, {Answer::hang()}};
    QList<JobId> told;
    connect(&stage.dialog, &CreateAgain::created, &stage.dialog,
            [&told](const QList<JobId> &ids) { told += ids; });

    stage.click(u"Create 2 Jobs"_s);

    QVERIFY(stage.dialog.isVisible());
    QVERIFY(!stage.dialog.isModal());
    auto *bar = stage.dialog.findChild<QProgressBar *>();
    QCOMPARE(bar->accessibleName(), u"Creation progress"_s);
    QCOMPARE(bar->value(), 1);
    QVERIFY(stage.texts().contains(u"Creating job 2 of 2"_s));
    QCOMPARE(stage.result(0), u"Created: new-1"_s);
    QVERIFY(told.isEmpty());
    stage.world.network.answerHanging(RecreationWorld::created(u"new-2"_s));
    stage.world.settle();

    QCOMPARE(stage.result(1), u"Created: new-2"_s);
    QVERIFY(stage.texts().contains(u"2 created"_s));
    QCOMPARE(told, (QList<JobId>{{u"new-1"_s}, {u"new-2"_s}}));
    QVERIFY(!stage.isErrorShown());
    QVERIFY(!stage.button(u"Stop"_s));
    stage.click(u"Close"_s);
    QVERIFY(!stage.dialog.isVisible());
}

void CreateAgainTest::refusalIsExplained()
{
    Stage stage(questionAbout({u"A"_s, u"B"_s}));
    stage.world.posts
        = {{RecreationWorld::created(u"new-1"_s)}, {Answer::withStatus(422, R"({"error":{
                             "code":"InvalidContextCaptureRequest","message":"Cannot create job.",
                             "details":[{"code":"InvalidParameter",
                             "message":"Invalid 'workspaceId' parameter."}]}})")}};

    stage.click(u"Create 2 Jobs"_s);

    QCOMPARE(stage.result(1), u"Refused: Invalid 'workspaceId' parameter."_s);
    QVERIFY(stage.texts().contains(u"1 created, 1 refused"_s));
    QVERIFY(stage.isErrorShown());
    QVERIFY(stage.texts().contains(u"The service refused to create this job."_s));
    QVERIFY(stage.texts().contains(u"The job was not created."_s));
    stage.table()->setCurrentItem(stage.table()->topLevelItem(0));
    QVERIFY(!stage.isErrorShown());
}

void CreateAgainTest::doubledOnesNameTheirIds()
{
    Stage stage(questionAbout({u"Bridge"_s}));
    stage.world.posts = {{Answer::drop(1), {u"new-1"_s, u"new-2"_s}}};
    QList<JobId> told;
    connect(&stage.dialog, &CreateAgain::created, &stage.dialog,
            [&told](const QList<JobId> &ids) { told += ids; });

    stage.click(u"Create 1 Job"_s);

    QVERIFY(stage.result(0).contains(u"new-1, new-2"_s));
    QCOMPARE(told, (QList<JobId>{{u"new-1"_s}, {u"new-2"_s}}));
}

void CreateAgainTest::saysWhatItWaitsFor()
{
    Stage stage(questionAbout({u"Bridge"_s}));
    stage.world.posts
        = {{answerThrottled("30")}, {answerUnauthorized()}, {RecreationWorld::created(u"new-1"_s)}};

    stage.click(u"Create 1 Job"_s);
    QVERIFY(stage.texts().contains(u"in 30 s"_s));
    stage.world.clock.advance(std::chrono::seconds(20));
    QTRY_VERIFY(stage.texts().contains(u"in 10 s"_s));
    stage.world.pass(std::chrono::seconds(10));
    QVERIFY(stage.texts().contains(u"Enter a new one in the settings"_s));
    stage.world.client.setToken(testToken(u"next"_s));
    stage.world.settle();

    QCOMPARE(stage.result(0), u"Created: new-1"_s);
    QVERIFY(!stage.texts().contains(u"Enter a new one"_s));
}

void CreateAgainTest::stopKeepsWhatIsThere()
{
    Stage stage(questionAbout({u"A"_s, u"B"_s}));
    stage.world.posts = {{Answer::hang()}};
    QList<JobId> told;
    connect(&stage.dialog, &CreateAgain::created, &stage.dialog,
            [&told](const QList<JobId> &ids) { told += ids; });
    stage.click(u"Create 2 Jobs"_s);

    stage.click(u"Stop"_s);
    QVERIFY(stage.texts().contains(u"Stopping"_s));
    stage.world.network.answerHanging(RecreationWorld::created(u"new-1"_s));
    stage.world.settle();

    QCOMPARE(stage.result(0), u"Created: new-1"_s);
    QCOMPARE(stage.result(1), u"Not started"_s);
    QVERIFY(stage.texts().contains(u"1 created, 1 not started"_s));
    QVERIFY(stage.texts().contains(u"You stopped it."_s));
    QCOMPARE(told, QList<JobId>{{u"new-1"_s}});
}

void CreateAgainTest::escapeStopsAndStays()
{
    Stage stage(questionAbout({u"A"_s, u"B"_s}));
    stage.world.posts = {{Answer::hang()}};
    stage.click(u"Create 2 Jobs"_s);

    QTest::keyClick(&stage.dialog, Qt::Key_Escape);
    stage.dialog.close();
    QVERIFY(stage.dialog.isVisible());
    stage.world.network.answerHanging(RecreationWorld::created(u"new-1"_s));
    stage.world.settle();

    QCOMPARE(stage.world.requests(), (QStringList{u"GET"_s, u"POST A"_s}));
    QTest::keyClick(&stage.dialog, Qt::Key_Escape);
    QVERIFY(!stage.dialog.isVisible());
}

void CreateAgainTest::unwritableHistoryIsSaid()
{
    Stage stage(questionAbout({u"Bridge"_s}));
    stage.world.history.setFailure(HistoryFailure{HistoryFailure::Kind::DiskFull, {}, {}});

    stage.click(u"Create 1 Job"_s);

    QVERIFY(stage.texts().contains(u"The history cannot be written"_s));
    QCOMPARE(stage.result(0), u"Not started"_s);
    QCOMPARE(stage.world.requests(), QStringList());
}

void CreateAgainTest::unreadableListIsExplained()
{
    Stage stage(questionAbout({u"Bridge"_s}));
    stage.world.searches = {Answer::withStatus(403)};

    stage.click(u"Create 1 Job"_s);

    QVERIFY(stage.texts().contains(u"Nothing was sent"_s));
    QVERIFY(stage.isErrorShown());
}

QTEST_MAIN(CreateAgainTest)
#include "tst_createagain.moc"
