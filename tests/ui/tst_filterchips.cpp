// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/findwidgets.h"
#include "ui/jobs/filterchips.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

class TestFilterChips final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { window.reset(); }
    void hiddenWithoutChips();
    void everyChipHasANamedButton();
    void keysRemove_data();
    void keysRemove();
    void focusGoesOn();
    void tabGoesThroughTheChips();
    void takesMoreLinesWhereItIsNarrow();
    void foreignTextStaysText();

private:
    [[nodiscard]] QToolButton *remove(const QString &chip) const
    {
        return named<QToolButton>(*chips, u"Remove filter “%1”"_s.arg(chip));
    }

    std::unique_ptr<QWidget> window;
    FilterChips *chips = nullptr;
};

void TestFilterChips::init()
{
    window = std::make_unique<QWidget>();
    chips = new FilterChips;
    auto *layout = new QVBoxLayout(window.get());
    layout->addWidget(chips);
    layout->addWidget(new QWidget, 1);
    window->resize(600, 400);
    window->show();
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
}

void TestFilterChips::hiddenWithoutChips()
{
    QVERIFY(!chips->isVisible());
    chips->setChips({u"Type: Full"_s});
    chips->setMatches(u"12 of 1,204 match"_s);
    QVERIFY(chips->isVisible());
    QVERIFY(shows(*chips, u"Type: Full"_s));
    QVERIFY(shows(*chips, u"12 of 1,204 match"_s));
    chips->setChips({u"Type: Full"_s, u"Location: none"_s});
    const auto inItsPlace = [this] {
        const QRect first = remove(u"Type: Full"_s)->parentWidget()->geometry();
        const QRect second = remove(u"Location: none"_s)->parentWidget()->geometry();
        const QRect clear = button(*chips, u"Clear All"_s)->geometry();
        return first.right() < second.left() && second.right() < clear.left();
    };
    QTRY_VERIFY(inItsPlace());
    chips->setChips({});
    QVERIFY(!chips->isVisible());
}

void TestFilterChips::everyChipHasANamedButton()
{
    chips->setChips({u"Type: Full"_s, u"Location: none"_s});
    const QSignalSpy removed(chips, &FilterChips::removeRequested);
    const QSignalSpy cleared(chips, &FilterChips::clearRequested);
    QTest::mouseClick(remove(u"Location: none"_s), Qt::LeftButton);
    QCOMPARE(removed.count(), 1);
    QCOMPARE(removed.at(0).at(0).toInt(), 1);
    QTest::mouseClick(button(*chips, u"Clear All"_s), Qt::LeftButton);
    QCOMPARE(cleared.count(), 1);
}

void TestFilterChips::keysRemove_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::newRow("space") << Qt::Key_Space;
    QTest::newRow("delete") << Qt::Key_Delete;
    QTest::newRow("backspace") << Qt::Key_Backspace;
}

void TestFilterChips::keysRemove()
{
    QFETCH(const Qt::Key, key);
    chips->setChips({u"a"_s, u"b"_s});
    const QSignalSpy removed(chips, &FilterChips::removeRequested);
    remove(u"b"_s)->setFocus();
    QTest::keyClick(remove(u"b"_s), key);
    QCOMPARE(removed.count(), 1);
    QCOMPARE(removed.at(0).at(0).toInt(), 1);
}

void TestFilterChips::focusGoesOn()
{
    QStringList texts{u"a"_s, u"b"_s, u"c"_s};
    chips->setChips(texts);
    connect(chips, &FilterChips::removeRequested, chips, [this, all = &texts](int index) {
        all->removeAt(index);
        chips->setChips(*all);
    });
    const QSignalSpy left(chips, &FilterChips::focusLeft);
    remove(u"b"_s)->setFocus();
    QTest::keyClick(remove(u"b"_s), Qt::Key_Space);
    QVERIFY(remove(u"c"_s)->hasFocus());
    QTest::keyClick(remove(u"c"_s), Qt::Key_Space);
    QVERIFY(remove(u"a"_s)->hasFocus());
    QCOMPARE(left.count(), 0);
    QTest::keyClick(remove(u"a"_s), Qt::Key_Space);
    QCOMPARE(left.count(), 1);
}

void TestFilterChips::tabGoesThroughTheChips()
{
    chips->setChips({u"a"_s});
    chips->setChips({u"a"_s, u"b"_s});
    remove(u"a"_s)->setFocus();
    QTest::keyClick(remove(u"a"_s), Qt::Key_Tab);
    QVERIFY(remove(u"b"_s)->hasFocus());
    QTest::keyClick(remove(u"b"_s), Qt::Key_Tab);
    QVERIFY(button(*chips, u"Clear All"_s)->hasFocus());
}

void TestFilterChips::takesMoreLinesWhereItIsNarrow()
{
    QStringList texts;
    for (int i = 0; i < 12; ++i)
        texts.append(u"Created by: person.%1@example.com"_s.arg(i));
    chips->setChips(texts);
    QTRY_VERIFY(chips->height() > 2 * remove(texts.at(0))->height());
    const int before = chips->height();
    window->resize(300, 600);
    QTRY_VERIFY(chips->height() > before);
    for (const QString &text : std::as_const(texts)) {
        const QWidget *chip = remove(text)->parentWidget();
        QVERIFY(chips->rect().contains(chip->geometry()));
    }
    QVERIFY(chips->rect().contains(button(*chips, u"Clear All"_s)->geometry()));
}

void TestFilterChips::foreignTextStaysText()
{
    chips->setChips({u"Name: <b>fat</b>"_s});
    const auto labels = chips->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(shows(*chips, u"Name: <b>fat</b>"_s));
}

QTEST_MAIN(TestFilterChips)
#include "tst_filterchips.moc"
