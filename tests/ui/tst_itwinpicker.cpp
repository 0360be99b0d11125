// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/findwidgets.h"
#include "ui/jobs/itwinpicker.h"
#include "ui/searchfield.h"

#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

class TestITwinPicker final : public QObject
{
    Q_OBJECT

private slots:
    void typeAndReturn();
    void severalByKeyboard();
    void searchedByNumberAndId();
    void chosenOnesAreChecked();
    void nothingToChoose();

private:
    const QList<ITwin> iTwins{{u"A1"_s, u"Harbour"_s, u"H-1"_s},
                              {u"B2"_s, u"Harbour"_s, u"H-2"_s},
                              {u"C3"_s, u"River Bridge"_s, {}}};
};

void TestITwinPicker::typeAndReturn()
{
    ITwinPicker picker(iTwins, {});
    picker.show();
    const QSignalSpy accepted(&picker, &QDialog::accepted);
    auto *search = named<SearchField>(picker, u"Search iTwins"_s);
    QTest::keyClicks(search, u"river"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(accepted.count(), 1);
    QCOMPARE(picker.chosen(), QStringList{u"C3"_s});
}

void TestITwinPicker::severalByKeyboard()
{
    ITwinPicker picker(iTwins, {});
    picker.show();
    auto *list = named<QListView>(picker, u"iTwins"_s);
    QTest::keyClick(list, Qt::Key_Space);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Space);
    QVERIFY(shows(picker, u"2 iTwins are checked."_s));
    // What the search hides stays checked.
    auto *search = named<SearchField>(picker, u"Search iTwins"_s);
    QTest::keyClicks(search, u"river"_s);
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QTest::mouseClick(button(picker, u"Show Jobs"_s), Qt::LeftButton);
    QCOMPARE(picker.chosen(), QStringList({u"A1"_s, u"B2"_s}));
    QVERIFY(!picker.isVisible());
}

void TestITwinPicker::searchedByNumberAndId()
{
    ITwinPicker picker(iTwins, {});
    picker.show();
    auto *list = named<QListView>(picker, u"iTwins"_s);
    auto *search = named<SearchField>(picker, u"Search iTwins"_s);
    search->setText(u"h-2"_s);
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QCOMPARE(list->model()->index(0, 0).data().toString(), u"Harbour (H-2)"_s);
    search->setText(u"c3"_s);
    QTRY_COMPARE(list->model()->index(0, 0).data().toString(), u"River Bridge"_s);
    search->setText(u"nowhere"_s);
    QTRY_VERIFY(shows(picker, u"No iTwin has this in its name or number."_s));
    QVERIFY(!button(picker, u"Show Jobs"_s)->isEnabled());
}

void TestITwinPicker::chosenOnesAreChecked()
{
    const ITwinPicker picker(iTwins, {u"b2"_s, u"gone"_s});
    QCOMPARE(picker.chosen(), QStringList({u"B2"_s, u"gone"_s}));
}

void TestITwinPicker::nothingToChoose()
{
    ITwinPicker picker({}, {});
    picker.show();
    QVERIFY(shows(picker, u"The names of your iTwins have not arrived."_s));
    QVERIFY(!button(picker, u"Show Jobs"_s)->isEnabled());
}

QTEST_MAIN(TestITwinPicker)
#include "tst_itwinpicker.moc"
