// SPDX-License-Identifier: GPL-3.0-or-later

// The composition root: reads the command line, builds every object in order, connects, shows. The
// only place that knows all of them.

#include "account/programlog.h"
#include "account/singleinstance.h"
#include "core.h"
#include "deletion/sqlitehistory.h"
#include "demo/demoservice.h"
#include "ui/commandline.h"
#include "ui/deletion/runannouncer.h"
#include "ui/desktopnotifier.h"
#include "ui/mainwindow.h"
#include "ui/showinfolder.h"

#include <QApplication>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QMessageBox>
#include <QNetworkAccessManager>

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdio>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcProgram, "jobsweep.program", QtInfoMsg)

constexpr qint64 bytesPerMegabyte = 1024 * 1024;

/// The token is in this process's memory: no core dump may hold it, no other process read it.
void keepMemoryPrivate()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

/// Keeps the token that is in use out of the log, and lets the person find and choose what it says.
void connectLog(ProgramLog &log, Core &core, MainWindow &window)
{
    QObject::connect(&core.client, &RestClient::tokenChanged, &window,
                     [&log, &core] { log.hide(core.connection.token()); });
    QObject::connect(&window, &MainWindow::settingsSaved, &window,
                     [&core] { ProgramLog::setDetailed(core.settings.hasDetailedLog()); });
    QObject::connect(&window, &MainWindow::logRequested, &window,
                     [&log, &window] { showInFolder(log.fileName(), &window); });
    ProgramLog::setDetailed(core.settings.hasDetailedLog());
}

/// Reads the command line before there is a window system, which --help and a mistake do not need.
std::variant<CommandLine, CommandLineEnd> readCommandLine(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return parseCommandLine(QCoreApplication::arguments());
}

/// What the person is told outside the window, and how they come back to it.
class Doorbell final : public QObject
{
public:
    Doorbell(const DeletionQueue &queue, const SingleInstance &instance, MainWindow &window)
        : m_announcer(queue, window)
    {
        connect(&m_announcer, &RunAnnouncer::announced, &m_notifier, &DesktopNotifier::notify);
        connect(&m_announcer, &RunAnnouncer::seen, &m_notifier, &DesktopNotifier::withdraw);
        connect(&m_notifier, &DesktopNotifier::notShown, &window,
                [&window] { QApplication::alert(&window); });
        connect(&m_notifier, &DesktopNotifier::activated, &window, &MainWindow::bringToFront);
        connect(&instance, &SingleInstance::activationRequested, &window,
                &MainWindow::bringToFront);
    }

private:
    RunAnnouncer m_announcer;
    DesktopNotifier m_notifier{QDBusConnection::sessionBus()};
};

/// For a start without a terminal to print to.
int sayAndEnd(const QString &sentence)
{
    QMessageBox box(QMessageBox::Warning, QCoreApplication::applicationName(), sentence,
                    QMessageBox::Close);
    box.setTextFormat(Qt::PlainText);
    QObject::connect(&box, &QDialog::finished, &box, [] { QCoreApplication::exit(1); });
    box.open();
    return QApplication::exec();
}

/// Takes the profile as soon as it can be taken, when it could not be at the start: without it,
/// another copy could take up the same leftovers.
void claimLater(SingleInstance &instance, QWidget &window)
{
    const auto result = instance.claim();
    if (result == SingleInstance::Result::Claimed || result == SingleInstance::Result::CannotLock)
        return;
    auto *box = new QMessageBox(QMessageBox::Warning, QCoreApplication::applicationName(),
                                doesNotAnswerText(), QMessageBox::Close, &window);
    box->setTextFormat(Qt::PlainText);
    QObject::connect(box, &QDialog::finished, box, [] { QCoreApplication::exit(1); });
    box->open();
}

int endWith(const CommandLineEnd &end)
{
    std::fputs(qUtf8Printable(end.text), end.exitCode == 0 ? stdout : stderr);
    return end.exitCode;
}

/// The demo's service with the connection to it, started when it is first wanted. What the person
/// has saved stays as it is.
class Demo final : public QObject
{
public:
    Demo(const DemoOptions &options, Connection &connection, MainWindow &window)
        : m_options(options), m_connection(connection), m_window(window)
    {
        connect(&window, &MainWindow::demoRequested, this, &Demo::open);
    }

    void open()
    {
        if (m_address)
            m_connection.openTrial(*m_address, m_token);
        else if (!m_service)
            start();
    }

private:
    void start()
    {
        m_service.reset(new DemoService(m_options));
        connect(m_service.get(), &DemoService::started, this, &Demo::use);
        connect(m_service.get(), &DemoService::failed, this, [this] {
            m_service.reset();
            m_window.showDemoFailed();
        });
        m_service->start();
    }

    void use(const QUrl &url, const QByteArray &token)
    {
        m_address = ServiceAddress::parse(url.toString()).value();
        m_token = AccessToken::fromPasted(QString::fromLatin1(token)).value();
        open();
    }

    DemoOptions m_options;
    Connection &m_connection;
    MainWindow &m_window;
    std::unique_ptr<DemoService, QScopedPointerDeleteLater> m_service;
    std::optional<ServiceAddress> m_address;
    AccessToken m_token;
};

} // namespace

int main(int argc, char **argv)
{
    keepMemoryPrivate();
    QCoreApplication::setApplicationName(u"Jobsweep"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(JOBSWEEP_VERSION));
    // By this name desktops find the program's entry, for its windows and notifications.
    QGuiApplication::setDesktopFileName(u"jobsweep"_s);
    const auto parsed = readCommandLine(argc, argv);
    if (const auto *end = std::get_if<CommandLineEnd>(&parsed))
        return endWith(*end);
    const auto &commandLine = std::get<CommandLine>(parsed);

    ProgramLog log(personsLogFile());
    const QApplication application(argc, argv);
    SingleInstance instance(QFileInfo(personsHistoryFile()).path());
    // Where it can't be claimed, neither can the history be written, and that says why.
    const auto claim = instance.claim();
    if (claim == SingleInstance::Result::AlreadyRunning)
        return endWith({0, cameToFrontText() + u'\n'});
    if (claim == SingleInstance::Result::NotAnswering)
        return sayAndEnd(doesNotAnswerText());
    // A window that is away while a deletion goes on is no end; MainWindow::closed() is.
    QApplication::setQuitOnLastWindowClosed(false);

    SystemClock clock;
    QNetworkAccessManager network;
    Settings settings;
    SystemKeychain keychain;
    SqliteHistory history;
    const auto applyRetention = [&history, &settings] {
        history.setRetention(settings.historyDays(),
                             settings.historyMegabytes() * bytesPerMegabyte);
    };
    applyRetention();
    history.open(personsHistoryFile());
    Core core({network, clock, keychain, settings, history, personsHistoryFile()});

    MainWindow window(core);
    connectLog(log, core, window);
    QObject::connect(&window, &MainWindow::closed, &application, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    QObject::connect(&window, &MainWindow::settingsSaved, &history, applyRetention);
    if (claim != SingleInstance::Result::Claimed)
        QObject::connect(&history, &SqliteHistory::opened, &window,
                         [&instance, &window] { claimLater(instance, window); });
    const Doorbell doorbell(core.queue, instance, window);
    DemoOptions demoOptions = DemoOptions::forTryingOut();
    demoOptions.jobs = commandLine.demoJobs.value_or(demoOptions.jobs);
    Demo demo(demoOptions, core.connection, window);

    qCInfo(lcProgram) << "begins:" << QCoreApplication::applicationVersion() << "Qt" << qVersion()
                      << QGuiApplication::platformName();
    window.show();
    if (commandLine.demo)
        demo.open();
    else if (commandLine.serviceAddress)
        core.connection.openForSession(*commandLine.serviceAddress, {});
    else
        core.connection.open();
    return QApplication::exec();
}
