// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/helpmenu.h"

#include "ui/icons.h"
#include "ui/shortcutsheet.h"
#include "ui/systeminformation.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>

namespace Jobsweep {

HelpMenu::HelpMenu(QMainWindow &window, const QWidget &table)
    : QObject(&window), m_window(window), m_table(table), m_menu(new QMenu(tr("&Help"), &window))
{
    QAction *shortcuts = m_menu->addAction(tr("&Keyboard Shortcuts"));
    shortcuts->setShortcut(QKeySequence::HelpContents);
    connect(shortcuts, &QAction::triggered, this, &HelpMenu::showShortcuts);
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("Show &Log File")), &QAction::triggered, this,
            &HelpMenu::logRequested);
    connect(m_menu->addAction(tr("&Copy System Information")), &QAction::triggered, this,
            &HelpMenu::copySystemInformation);
    m_menu->addSeparator();
    QAction *about = m_menu->addAction(tr("&About Jobsweep"));
    about->setMenuRole(QAction::AboutRole);
    connect(about, &QAction::triggered, this, &HelpMenu::showAbout);
}

void HelpMenu::showShortcuts()
{
    auto *sheet = new ShortcutSheet(shortcutsIn(*m_window.menuBar(), m_table), &m_window);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

void HelpMenu::copySystemInformation()
{
    QApplication::clipboard()->setText(systemInformation());
    emit message(tr("The system information was copied: versions, system and screen, and nothing "
                    "about you or your jobs."));
}

void HelpMenu::showAbout()
{
    auto *about = new QMessageBox(QMessageBox::NoIcon, tr("About Jobsweep"),
                                  tr("Jobsweep %1").arg(QCoreApplication::applicationVersion()),
                                  QMessageBox::Close, &m_window);
    about->setAttribute(Qt::WA_DeleteOnClose);
    about->setTextFormat(Qt::PlainText);
    about->setIconPixmap(applicationIcon().pixmap(64));
    about->setInformativeText(
        tr("Lists Reality Modeling jobs of the iTwin Platform and deletes the ones that were never "
           "submitted.\n\nFree software under the GNU General Public License, version 3 or later. "
           "Not a product of Bentley Systems."));
    about->setDetailedText(tr("Made with:\n"
                              "Qt %1 (LGPL 3; Qt HTTP Server: GPL 3)\n"
                              "QtKeychain (BSD)\n"
                              "SQLite (public domain)\n"
                              "simdjson (Apache 2)\n"
                              "tl::expected (CC0)\n"
                              "OpenSSL (Apache 2)",
                              "version of Qt")
                               .arg(QLatin1StringView(qVersion())));
    about->open();
}

} // namespace Jobsweep
