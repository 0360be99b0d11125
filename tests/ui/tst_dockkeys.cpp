// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dockkeys.h"

#include <QAbstractButton>
#include <QDockWidget>
#include <QFocusFrame>
#include <QLineEdit>
#include <QMainWindow>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

/// The buttons of a dock for people without a mouse.
class DockKeysTest final : public QObject
{
    Q_OBJECT

private slots:
    void titleButtonsAreInTheTabOrderAndNamed()
    {
        QStringList names;
        for (const auto *button : titleButtons()) {
            QVERIFY(button->focusPolicy() & Qt::TabFocus);
            names.append(button->accessibleName());
        }
        names.sort();
        QCOMPARE(names, QStringList({u"Close Job"_s, u"Float Job"_s}));
    }
    void onlyTheOneWithTheFocusHasAFrame()
    {
        m_window.show();
        QVERIFY(QTest::qWaitForWindowActive(&m_window));
        m_edit->setFocus();
        QVERIFY(framed().isEmpty());
        for (auto *button : titleButtons()) {
            button->setFocus(Qt::TabFocusReason);
            QCOMPARE(framed(), QList<QWidget *>{button});
        }
        m_edit->setFocus();
        QVERIFY(framed().isEmpty());
    }

private:
    [[nodiscard]] QList<QAbstractButton *> titleButtons() const
    {
        return m_dock->findChildren<QAbstractButton *>();
    }
    /// What a visible frame is around.
    [[nodiscard]] QList<QWidget *> framed() const
    {
        QList<QWidget *> all;
        const auto frames = m_window.findChildren<QFocusFrame *>();
        for (const QFocusFrame *frame : frames) {
            if (frame->isVisible() && frame->widget())
                all.append(frame->widget());
        }
        return all;
    }

    QMainWindow m_window;
    QLineEdit *m_edit = new QLineEdit;
    QDockWidget *m_dock = new QDockWidget(u"Job"_s);

public:
    DockKeysTest()
    {
        m_window.setCentralWidget(m_edit);
        m_window.addDockWidget(Qt::RightDockWidgetArea, m_dock);
        new DockKeys(m_window);
    }
};

QTEST_MAIN(DockKeysTest)
#include "tst_dockkeys.moc"
