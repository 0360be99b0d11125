// SPDX-License-Identifier: GPL-3.0-or-later

// The sheet of keys against the window's own actions.

#include "tests/support/findwidgets.h"
#include "tests/support/testwindow.h"
#include "ui/shortcutsheet.h"

#include <QAction>
#include <QClipboard>
#include <QHash>
#include <QMenuBar>
#include <QTreeWidget>

using namespace Jobsweep;
using namespace Jobsweep::Testing;
using namespace Qt::Literals::StringLiterals;

class ShortcutSheetTest final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_test = std::make_unique<TestWindow>(); }
    void cleanup() { m_test.reset(); }

    void everyKeyIsNamedOnce()
    {
        QHash<QString, int> named;
        for (const ShortcutGroup &group : groups()) {
            QVERIFY(!group.title.isEmpty());
            for (const ShortcutGroup::Line &line : group.lines) {
                QVERIFY2(!line.action.isEmpty() && !line.action.contains(u'&'),
                         qPrintable(line.action));
                ++named[line.keys];
            }
        }
        // Also that no two of them want the same key.
        for (const int times : std::as_const(named))
            QCOMPARE(times, 1);
        const auto actions = m_test->window.findChildren<QAction *>();
        int withKeys = 0;
        for (const QAction *action : actions) {
            const QString keys
                = QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText);
            if (keys.isEmpty())
                continue;
            ++withKeys;
            QVERIFY2(named.contains(keys), qPrintable(action->text() + u' ' + keys));
        }
        QVERIFY(withKeys > 10);
    }

    void opensByItsKey()
    {
        m_test->window.show();
        QVERIFY(QTest::qWaitForWindowActive(&m_test->window));
        QTest::keyClick(&m_test->window, Qt::Key_F1);
        QTRY_VERIFY(m_test->window.findChild<ShortcutSheet *>());
        auto *sheet = m_test->window.findChild<ShortcutSheet *>();
        QTRY_VERIFY(sheet->isVisible());
        const auto *tree = sheet->findChild<QTreeWidget *>();
        QCOMPARE(tree->accessibleName(), u"Keyboard Shortcuts"_s);
        QVERIFY(!tree->findItems(u"Refresh"_s, Qt::MatchExactly | Qt::MatchRecursive).isEmpty());
        QTest::keyClick(sheet, Qt::Key_Escape);
        QTRY_VERIFY(!m_test->window.findChild<ShortcutSheet *>());
    }

    void systemInformationNamesNobody()
    {
        const auto actions = m_test->window.findChildren<QAction *>();
        for (QAction *action : actions) {
            if (action->text() == "&Copy System Information"_L1)
                action->trigger();
        }
        const QString text = QApplication::clipboard()->text();
        QVERIFY(text.contains(u"Qt "_s % QLatin1StringView(qVersion())));
        QVERIFY(text.contains(u"Screen "_s));
        QVERIFY(!text.contains(QSysInfo::machineHostName()));
        QVERIFY(!text.contains(qEnvironmentVariable("HOME", u"/root"_s)));
    }

private:
    [[nodiscard]] QList<ShortcutGroup> groups() const
    {
        return shortcutsIn(*m_test->window.menuBar(), *m_test->window.findChild<QTableView *>());
    }

    std::unique_ptr<TestWindow> m_test;
};

QTEST_MAIN(ShortcutSheetTest)
#include "tst_shortcutsheet.moc"
