// SPDX-License-Identifier: GPL-3.0-or-later

// The least that a program with a main window can be; what Jobsweep's start is measured against.

#include <QApplication>
#include <QMainWindow>

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1180, 720);
    window.show();
    return QApplication::exec();
}
