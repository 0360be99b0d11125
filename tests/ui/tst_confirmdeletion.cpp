// SPDX-License-Identifier: GPL-3.0-or-later

// The question before jobs are deleted: what it names, and that only a clear yes counts.

#include "tests/support/findwidgets.h"
#include "ui/deletion/confirmdeletion.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTreeWidget>

#include <memory>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using Testing::button;

namespace {

DeletionQuestion questionAbout(int count)
{
    DeletionQuestion question;
    for (int i = 0; i < count; ++i)
        question.drafts.append({{u"id-%1"_s.arg(i)}, u"Job %1"_s.arg(i), {}, u"River"_s});
    question.host = u"api.bentley.com"_s;
    question.account = u"Jane Doe"_s;
    return question;
}

std::unique_ptr<ConfirmDeletion> opened(const DeletionQuestion &question)
{
    auto dialog = std::make_unique<ConfirmDeletion>(question);
    dialog->open();
    if (!QTest::qWaitForWindowActive(dialog.get()))
        QTest::qFail("the dialog did not become active", __FILE__, __LINE__);
    return dialog;
}

QLineEdit *numberField(const QDialog &dialog)
{
    auto *field = dialog.findChild<QLineEdit *>();
    return field != nullptr && field->accessibleName() == "Number of jobs"_L1 ? field : nullptr;
}

QString allLabels(const QDialog &dialog)
{
    QStringList texts;
    const QList<QLabel *> labels = dialog.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        texts.append(label->text());
    return texts.join(u'\n');
}

} // namespace

class ConfirmDeletionTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void oneJobIsNamed();
    void tenAreNamedAndTheRestCounted();
    void listScrollsOnALowScreen();
    void leftOutJobsAreExplained();
    void tokenThatEndsTooSoonIsTold();
    void namesAndIdsAreMadeVisible();
    void cancelIsTheDefault();
    void enterOutsideTheButtonsMeansNo();
    void keysThatMeanNo_data();
    void keysThatMeanNo();
    void confirmingNamesTheFrozenJobs();
    void doubleClickConfirmsOnce();
    void manyNeedTheirNumber();
    void enterAfterTheNumberDecidesNothing();
    void fiftyNeedNoNumber();
};

void ConfirmDeletionTest::oneJobIsNamed()
{
    const auto dialog = opened(questionAbout(1));
    QCOMPARE(dialog->windowTitle(), u"Delete jobs?"_s);
    QCOMPARE(dialog->accessibleName(), u"Delete jobs?"_s);
    QVERIFY(dialog->isModal());
    QVERIFY(button(*dialog, u"Delete 1 Job"_s) != nullptr);
    const auto *list = dialog->findChild<QTreeWidget *>();
    QCOMPARE(list->topLevelItemCount(), 1);
    QCOMPARE(list->topLevelItem(0)->text(0), u"Job 0"_s);
    const QString labels = allLabels(*dialog);
    for (const QString &text : {u"is gone"_s, u"api.bentley.com"_s, u"Jane Doe"_s})
        QVERIFY2(labels.contains(text), qPrintable(text));
    QVERIFY(!labels.contains(u"more"_s));
}

void ConfirmDeletionTest::tenAreNamedAndTheRestCounted()
{
    const auto dialog = opened(questionAbout(1204));
    QCOMPARE(dialog->findChild<QTreeWidget *>()->topLevelItemCount(), 10);
    QVERIFY(allLabels(*dialog).contains(u"and 1,194 more that are not shown"_s));
    QVERIFY(button(*dialog, u"Delete 1204 Jobs"_s) != nullptr);
}

void ConfirmDeletionTest::listScrollsOnALowScreen()
{
    const auto dialog = opened(questionAbout(1204));
    const auto *list = dialog->findChild<QTreeWidget *>();
    QVERIFY(!list->verticalScrollBar()->isVisible());
    const int missing = list->height() / 2;
    dialog->resize(dialog->width(), dialog->height() - missing);
    QTRY_VERIFY(list->verticalScrollBar()->isVisible());
    const auto labels = dialog->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QVERIFY(!label->isVisible() || !label->geometry().intersects(list->geometry())
                || label->parentWidget() != list->parentWidget());
}

void ConfirmDeletionTest::leftOutJobsAreExplained()
{
    DeletionQuestion question = questionAbout(2);
    question.leftOut = {{Obstacle::AlreadySubmitted, 3}, {Obstacle::UnsafeId, 1}};
    question.alreadyBeingDeleted = 2;
    const auto dialog = opened(question);
    const QString labels = allLabels(*dialog);
    QVERIFY(labels.contains(u"3 selected jobs are left out: already submitted."_s));
    QVERIFY(labels.contains(u"1 selected job is left out: an id that cannot be sent safely."_s));
    QVERIFY(labels.contains(u"2 selected jobs are left out: already being deleted."_s));
}

void ConfirmDeletionTest::tokenThatEndsTooSoonIsTold()
{
    using namespace std::chrono_literals;
    DeletionQuestion question = questionAbout(2);
    question.hold = 5s;
    question.duration = 10min;
    const auto warning = u"access token"_s;
    QVERIFY(!allLabels(*opened(question)).contains(warning)); // it does not say when it ends
    question.tokenLeft = 10min + 5s;
    QVERIFY(!allLabels(*opened(question)).contains(warning));
    question.tokenLeft = 10min;
    QVERIFY(allLabels(*opened(question)).contains(u"ends in 10 min 0 s, before the deletion"_s));
    question.tokenLeft = -1s;
    QVERIFY(allLabels(*opened(question)).contains(u"has expired"_s));
}

void ConfirmDeletionTest::namesAndIdsAreMadeVisible()
{
    DeletionQuestion question = questionAbout(1);
    question.drafts.first().name = u"Bridge\u202E"_s;
    const auto dialog = opened(question);
    const QTreeWidgetItem *item = dialog->findChild<QTreeWidget *>()->topLevelItem(0);
    QStringList texts;
    for (int column = 0; column < item->columnCount(); ++column)
        texts.append(item->text(column));
    QVERIFY(texts.contains(u"Bridge\\u{202E}"_s));
    QVERIFY(texts.contains(u"id-0"_s));
}

void ConfirmDeletionTest::cancelIsTheDefault()
{
    const auto dialog = opened(questionAbout(2));
    const QPushButton *cancel = button(*dialog, u"Cancel"_s);
    QVERIFY(cancel->hasFocus());
    QVERIFY(cancel->isDefault());
    const auto typing = opened(questionAbout(51));
    QVERIFY(button(*typing, u"Cancel"_s)->isDefault());
    QVERIFY(numberField(*typing)->hasFocus());
}

void ConfirmDeletionTest::enterOutsideTheButtonsMeansNo()
{
    const auto dialog = opened(questionAbout(2));
    const QSignalSpy confirmed(dialog.get(), &ConfirmDeletion::confirmed);
    dialog->findChild<QTreeWidget *>()->setFocus();
    QVERIFY(button(*dialog, u"Cancel"_s)->isDefault());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(!dialog->isVisible());
    QCOMPARE(confirmed.count(), 0);
}

void ConfirmDeletionTest::keysThatMeanNo_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::newRow("Escape") << Qt::Key_Escape;
    QTest::newRow("Enter") << Qt::Key_Return;
    QTest::newRow("Space") << Qt::Key_Space;
}

void ConfirmDeletionTest::keysThatMeanNo()
{
    QFETCH(Qt::Key, key);
    const auto dialog = opened(questionAbout(2));
    const QSignalSpy confirmed(dialog.get(), &ConfirmDeletion::confirmed);
    QTest::keyClick(QApplication::focusWidget(), key);
    QTRY_VERIFY(!dialog->isVisible());
    QCOMPARE(dialog->result(), int(QDialog::Rejected));
    QCOMPARE(confirmed.count(), 0);
}

void ConfirmDeletionTest::confirmingNamesTheFrozenJobs()
{
    const auto dialog = opened(questionAbout(12));
    const QSignalSpy confirmed(dialog.get(), &ConfirmDeletion::confirmed);
    QTest::mouseClick(button(*dialog, u"Delete 12 Jobs"_s), Qt::LeftButton);
    QCOMPARE(confirmed.count(), 1);
    const auto ids = confirmed.first().first().value<QList<JobId>>();
    QCOMPARE(ids.size(), 12);
    QCOMPARE(ids.at(11), JobId{u"id-11"_s});
    QVERIFY(!dialog->isVisible());
}

void ConfirmDeletionTest::doubleClickConfirmsOnce()
{
    const auto dialog = opened(questionAbout(2));
    const QSignalSpy confirmed(dialog.get(), &ConfirmDeletion::confirmed);
    QPushButton *yes = button(*dialog, u"Delete 2 Jobs"_s);
    QTest::mouseClick(yes, Qt::LeftButton);
    yes->click();
    QCOMPARE(confirmed.count(), 1);
}

void ConfirmDeletionTest::manyNeedTheirNumber()
{
    const auto dialog = opened(questionAbout(1204));
    const QSignalSpy confirmed(dialog.get(), &ConfirmDeletion::confirmed);
    QPushButton *yes = button(*dialog, u"Delete 1204 Jobs"_s);
    QLineEdit *number = numberField(*dialog);
    QVERIFY(number != nullptr);
    QVERIFY(!yes->isEnabled());
    for (const QString &wrong : {u"120"_s, u"12044"_s, u"all"_s, u"1204 jobs"_s}) {
        number->setText(wrong);
        QVERIFY2(!yes->isEnabled(), qPrintable(wrong));
    }
    for (const QString &right : {u"1204"_s, u" 1204 "_s, u"1,204"_s}) {
        number->setText(right);
        QVERIFY2(yes->isEnabled(), qPrintable(right));
    }
    QTest::mouseClick(yes, Qt::LeftButton);
    QCOMPARE(confirmed.count(), 1);
}

void ConfirmDeletionTest::enterAfterTheNumberDecidesNothing()
{
    const auto dialog = opened(questionAbout(51));
    const QSignalSpy confirmed(dialog.get(), &ConfirmDeletion::confirmed);
    QLineEdit *number = numberField(*dialog);
    number->setFocus();
    QTest::keyClicks(number, u"51"_s);
    QTest::keyClick(number, Qt::Key_Return);
    QVERIFY(dialog->isVisible());
    QCOMPARE(confirmed.count(), 0);
    QVERIFY(button(*dialog, u"Delete 51 Jobs"_s)->hasFocus());
}

void ConfirmDeletionTest::fiftyNeedNoNumber()
{
    const auto dialog = opened(questionAbout(50));
    QVERIFY(numberField(*dialog) == nullptr);
    QVERIFY(button(*dialog, u"Delete 50 Jobs"_s)->isEnabled());
}

QTEST_MAIN(ConfirmDeletionTest)
#include "tst_confirmdeletion.moc"
