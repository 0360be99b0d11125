// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/settings.h"

#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;

class TestSettings final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(u"new/settings.ini"_s);
    }

    void startsWithDefaults()
    {
        const Settings settings(m_file);
        QCOMPARE(settings.serviceAddress(), ServiceAddress());
        QCOMPARE(settings.query(), JobQuery());
        QCOMPARE(settings.windowGeometry(), QByteArray());
        QVERIFY(settings.tier() == Tier::Detect);
        QVERIFY(!settings.detectedTier(u"https://api.bentley.com"_s));
        QCOMPARE(settings.holdSeconds(), 5);
        QCOMPARE(settings.historyDays(), 365);
        QCOMPARE(settings.historyMegabytes(), 500);
        QVERIFY(settings.exportChoices() == ExportChoices());
        QVERIFY(!settings.hasDetailedLog());
    }

    void remembersEverything()
    {
        const auto address = ServiceAddress::parse(u"https://qa-api.bentley.com"_s).value();
        const ExportChoices choices{
            .hasAllColumns = true, .format = ExportFormat::Json, .folder = u"/home/ana/Ärger"_s};
        const JobQuery query{
            .iTwinIds = {u"11111111-2222-3333-4444-555555555555"_s, u"other"_s},
            .state = JobState::Failed,
            .types = {u"Full"_s},
            .created = {.olderThanDays = 90,
                        .after = QDateTime(QDate(2024, 6, 24), QTime(13, 0, 1, 7), Qt::UTC),
                        .before = QDateTime(QDate(2025, 1, 1), QTime(0, 0), Qt::UTC)},
            .name = u"Bridge, \"north\""_s,
            .createdBy = u"john.smith@example.com"_s,
            .ids = {},
        };
        {
            Settings settings(m_file);
            settings.setServiceAddress(address);
            settings.setQuery(query);
            settings.setWindowGeometry("a\0b"_ba);
            settings.setWindowLayout("layout"_ba);
            settings.setTableLayout("table"_ba);
            settings.setTier(Tier::Premium);
            settings.setHoldSeconds(0);
            settings.setHistoryDays(30);
            settings.setHistoryMegabytes(50);
            settings.setExportChoices(choices);
            settings.setDetailedLog(true);
        }
        const Settings settings(m_file);
        QCOMPARE(settings.serviceAddress(), address);
        QCOMPARE(settings.query(), query);
        QCOMPARE(settings.windowGeometry(), "a\0b"_ba);
        QCOMPARE(settings.windowLayout(), "layout"_ba);
        QCOMPARE(settings.tableLayout(), "table"_ba);
        QVERIFY(settings.tier() == Tier::Premium);
        QCOMPARE(settings.holdSeconds(), 0);
        QCOMPARE(settings.historyDays(), 30);
        QCOMPARE(settings.historyMegabytes(), 50);
        QVERIFY(settings.exportChoices() == choices);
        QVERIFY(settings.hasDetailedLog());
    }

    void remembersADetectedTierForItsOriginOnly()
    {
        const QString one = u"https://api.bentley.com"_s;
        const QString other = u"http://127.0.0.1:8080"_s;
        {
            Settings settings(m_file);
            settings.setDetectedTier(one, Tier::Community);
            settings.setDetectedTier(other, Tier::Custom);
        }
        const Settings settings(m_file);
        QVERIFY(settings.detectedTier(one) == Tier::Community);
        QVERIFY(settings.detectedTier(other) == Tier::Custom);
        QVERIFY(!settings.detectedTier(u"https://qa-api.bentley.com"_s));
        QVERIFY(settings.tier() == Tier::Detect);
    }

    void remembersAPauseForItsOriginOnly()
    {
        const QString one = u"https://api.bentley.com"_s;
        const auto now = QDateTime::fromMSecsSinceEpoch(1'790'000'000'123, Qt::UTC);
        const AskedPause pause{now, now.addSecs(1800)};
        Settings(m_file).setAskedPause(one, pause);
        const Settings settings(m_file);
        QVERIFY(settings.askedPause(one) == pause);
        QVERIFY(!settings.askedPause(u"http://127.0.0.1:8080"_s));
    }

    void aPauseThatCannotBeReadIsNone_data()
    {
        QTest::addColumn<QStringList>("stored");
        QTest::addRow("nothing") << QStringList();
        QTest::addRow("one time") << QStringList{u"2026-11-24T10:00:00.000Z"_s};
        QTest::addRow("no times") << QStringList{u"soon"_s, u"later"_s};
    }
    void aPauseThatCannotBeReadIsNone()
    {
        QFETCH(const QStringList, stored);
        const QString origin = u"https://api.bentley.com"_s;
        const auto now = QDateTime::currentDateTimeUtc();
        Settings(m_file).setAskedPause(origin, {now, now.addSecs(1800)});
        QSettings file(m_file, QSettings::IniFormat);
        for (const QString &key : file.allKeys())
            file.setValue(key, stored);
        file.sync();
        QVERIFY(!Settings(m_file).askedPause(origin));
    }

    void tokensAreKnownToBeKeptByOrigin()
    {
        const QString one = u"https://api.bentley.com"_s;
        Settings(m_file).setTokenKept(one, true);
        QVERIFY(Settings(m_file).isTokenKept(one));
        QVERIFY(!Settings(m_file).isTokenKept(u"https://qa-api.bentley.com"_s));
        Settings(m_file).setTokenKept(one, false);
        QVERIFY(!Settings(m_file).isTokenKept(one));
    }

    void numbersStayWithinTheirBounds_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("hold");
        QTest::addColumn<int>("days");
        QTest::addColumn<int>("megabytes");
        QTest::newRow("negative") << "-1"_ba << 0 << 1 << 10;
        QTest::newRow("huge") << "99999999"_ba << 30 << 3650 << 100'000;
        QTest::newRow("no number") << "soon"_ba << 5 << 365 << 500;
    }
    void numbersStayWithinTheirBounds()
    {
        QFETCH(const QByteArray, value);
        const QString name = m_folder->filePath(u"old.ini"_s);
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[deletion]\nholdSeconds=" + value + "\n[history]\ndays=" + value
                   + "\nmegabytes=" + value + "\n[pacing]\ntier=" + value + '\n');
        file.close();
        const Settings settings(name);
        QTEST(settings.holdSeconds(), "hold");
        QTEST(settings.historyDays(), "days");
        QTEST(settings.historyMegabytes(), "megabytes");
        QVERIFY(settings.tier() == Tier::Detect);
    }

    void remembersAllStates()
    {
        {
            Settings(m_file).setQuery({.state = std::nullopt});
        }
        QVERIFY(!Settings(m_file).query().state.has_value());
    }

    void fallsBackToDefaults_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("foreign host") << "[connection]\nserviceAddress=https://example.com\n"_ba;
        QTest::newRow("not encrypted")
            << "[connection]\nserviceAddress=http://api.bentley.com\n"_ba;
        QTest::newRow("unknown state") << "[listing]\nstate=sideways\n"_ba;
        QTest::newRow("no INI file") << "\0\x01garbage]["_ba;
    }
    void fallsBackToDefaults()
    {
        QFETCH(const QByteArray, content);
        const QString name = m_folder->filePath(u"old.ini"_s);
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const Settings settings(name);
        QCOMPARE(settings.serviceAddress(), ServiceAddress());
        QCOMPARE(settings.query(), JobQuery());
    }

    void isReadableByItsOwnerOnly()
    {
        {
            Settings(m_file).setTableLayout("table"_ba);
        }
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup
            | QFileDevice::ReadOther | QFileDevice::WriteOther;
        const auto mode = QFile::permissions(m_file);
        QVERIFY(mode.testFlag(QFileDevice::ReadOwner));
        QVERIFY(!mode.testAnyFlags(others));
    }

    void ownFileIsInTheStandardPlace()
    {
        const Settings settings;
        QVERIFY(settings.fileName().startsWith(
            QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
