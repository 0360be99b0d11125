// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/settings.h"

#include "account/privatefolder.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr auto addressKey = "connection/serviceAddress"_L1;
constexpr auto iTwinsKey = "listing/iTwins"_L1;
constexpr auto stateKey = "listing/state"_L1;
constexpr auto typesKey = "listing/types"_L1;
constexpr auto olderThanDaysKey = "listing/olderThanDays"_L1;
constexpr auto createdAfterKey = "listing/createdAfter"_L1;
constexpr auto createdBeforeKey = "listing/createdBefore"_L1;
constexpr auto nameKey = "listing/name"_L1;
constexpr auto createdByKey = "listing/createdBy"_L1;
constexpr auto savedViewsKey = "listing/views"_L1;
constexpr auto tierKey = "pacing/tier"_L1;
constexpr auto detectedTierGroup = "pacing/detectedTier/"_L1;
constexpr auto askedPauseGroup = "pacing/askedPause/"_L1;
constexpr auto keptTokenGroup = "keychain/hasToken/"_L1;
constexpr auto holdKey = "deletion/holdSeconds"_L1;
constexpr auto historyDaysKey = "history/days"_L1;
constexpr auto historyMegabytesKey = "history/megabytes"_L1;
constexpr auto exportAllColumnsKey = "export/allColumns"_L1;
constexpr auto exportFormatKey = "export/format"_L1;
constexpr auto exportFolderKey = "export/folder"_L1;
constexpr auto jsonFormat = "json"_L1;
constexpr auto csvFormat = "csv"_L1;
constexpr auto geometryKey = "window/geometry"_L1;
constexpr auto windowLayoutKey = "window/layout"_L1;
constexpr auto tableLayoutKey = "table/layout"_L1;
constexpr auto moreFiltersKey = "window/moreFilters"_L1;
constexpr auto historyGeometryKey = "history/geometry"_L1;
constexpr auto detailedLogKey = "log/detailed"_L1;
constexpr auto allStates = "all"_L1;

constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

/// An origin has slashes, which separate groups.
QString keyOf(QLatin1StringView group, const QString &origin)
{
    return group % QString::fromLatin1(QUrl::toPercentEncoding(origin));
}

QString personsFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return folder % u"/jobsweep/jobsweep.ini"_s;
}

/// QSettings keeps the mode of a file that is there and would give a new one the umask's.
QString madePrivate(const QString &fileName)
{
    QFile file(fileName);
    if (makePrivateFolder(QFileInfo(fileName).path()) && !file.exists()) {
        file.open(QIODevice::WriteOnly | QIODevice::NewOnly, onlyOwner);
    }
    file.setPermissions(onlyOwner);
    return fileName;
}

} // namespace

Settings::Settings() : Settings(personsFile()) { }

Settings::Settings(const QString &iniFile) : m_file(madePrivate(iniFile), QSettings::IniFormat) { }

ServiceAddress Settings::serviceAddress() const
{
    return ServiceAddress::parse(m_file.value(addressKey).toString()).value_or(ServiceAddress());
}

void Settings::setServiceAddress(const ServiceAddress &address)
{
    m_file.setValue(addressKey, address.origin());
}

bool Settings::isTokenKept(const QString &origin) const
{
    return m_file.value(keyOf(keptTokenGroup, origin)).toBool();
}

void Settings::setTokenKept(const QString &origin, bool isKept)
{
    if (isKept)
        m_file.setValue(keyOf(keptTokenGroup, origin), true);
    else
        m_file.remove(keyOf(keptTokenGroup, origin));
}

JobQuery Settings::query() const
{
    JobQuery query;
    query.iTwinIds = texts(iTwinsKey);
    query.types = texts(typesKey);
    query.name = m_file.value(nameKey).toString();
    query.createdBy = m_file.value(createdByKey).toString();
    query.created.after = time(createdAfterKey);
    query.created.before = time(createdBeforeKey);
    bool isNumber = false;
    const int days = m_file.value(olderThanDaysKey).toInt(&isNumber);
    if (isNumber && days >= 0)
        query.created.olderThanDays = days;
    const QString state = m_file.value(stateKey).toString();
    if (state == allStates) {
        query.state = std::nullopt;
    } else if (const JobState known = jobStateFromText(state); known != JobState::Unknown) {
        query.state = known;
    }
    return query;
}

void Settings::setQuery(const JobQuery &query)
{
    m_file.setValue(iTwinsKey, query.iTwinIds);
    m_file.setValue(stateKey, query.state ? textOf(*query.state) : QString(allStates));
    m_file.setValue(typesKey, query.types);
    const CreatedRange &created = query.created;
    m_file.setValue(olderThanDaysKey,
                    created.olderThanDays ? QString::number(*created.olderThanDays) : QString());
    m_file.setValue(createdAfterKey, created.after.toUTC().toString(Qt::ISODateWithMs));
    m_file.setValue(createdBeforeKey, created.before.toUTC().toString(Qt::ISODateWithMs));
    m_file.setValue(nameKey, query.name);
    m_file.setValue(createdByKey, query.createdBy);
}

QStringList Settings::texts(QLatin1StringView key) const
{
    QStringList texts = m_file.value(key).toStringList();
    texts.removeAll(QString());
    return texts;
}

QDateTime Settings::time(QLatin1StringView key) const
{
    return QDateTime::fromString(m_file.value(key).toString(), Qt::ISODateWithMs);
}

QList<SavedView> Settings::savedViews() const
{
    return savedViewsFromJson(m_file.value(savedViewsKey).toByteArray());
}

void Settings::setSavedViews(const QList<SavedView> &views)
{
    m_file.setValue(savedViewsKey, toJson(views));
}

Tier Settings::tier() const
{
    return tierFromName(m_file.value(tierKey).toString()).value_or(Tier::Detect);
}

void Settings::setTier(Tier tier)
{
    m_file.setValue(tierKey, textOf(tier));
}

std::optional<Tier> Settings::detectedTier(const QString &origin) const
{
    return tierFromName(m_file.value(keyOf(detectedTierGroup, origin)).toString());
}

void Settings::setDetectedTier(const QString &origin, Tier tier)
{
    m_file.setValue(keyOf(detectedTierGroup, origin), textOf(tier));
}

std::optional<AskedPause> Settings::askedPause(const QString &origin) const
{
    const QStringList stored = m_file.value(keyOf(askedPauseGroup, origin)).toStringList();
    const auto time = [&stored](qsizetype index) {
        return QDateTime::fromString(stored.value(index), Qt::ISODateWithMs);
    };
    const AskedPause pause{time(0), time(1)};
    return pause.from.isValid() && pause.until.isValid() ? std::optional(pause) : std::nullopt;
}

void Settings::setAskedPause(const QString &origin, const AskedPause &pause)
{
    m_file.setValue(keyOf(askedPauseGroup, origin),
                    QStringList{pause.from.toString(Qt::ISODateWithMs),
                                pause.until.toString(Qt::ISODateWithMs)});
}

int Settings::holdSeconds() const
{
    return number(holdKey, defaultHoldSeconds, 0, maximumHoldSeconds);
}

void Settings::setHoldSeconds(int seconds)
{
    m_file.setValue(holdKey, seconds);
}

int Settings::historyDays() const
{
    return number(historyDaysKey, defaultHistoryDays, 1, maximumHistoryDays);
}

void Settings::setHistoryDays(int days)
{
    m_file.setValue(historyDaysKey, days);
}

int Settings::historyMegabytes() const
{
    return number(historyMegabytesKey, defaultHistoryMegabytes, minimumHistoryMegabytes,
                  maximumHistoryMegabytes);
}

void Settings::setHistoryMegabytes(int megabytes)
{
    m_file.setValue(historyMegabytesKey, megabytes);
}

int Settings::number(QLatin1StringView key, int standard, int least, int most) const
{
    bool isNumber = false;
    const int value = m_file.value(key).toInt(&isNumber);
    return isNumber ? std::clamp(value, least, most) : standard;
}

ExportChoices Settings::exportChoices() const
{
    ExportChoices choices;
    choices.hasAllColumns = m_file.value(exportAllColumnsKey).toBool();
    if (m_file.value(exportFormatKey).toString() == jsonFormat)
        choices.format = ExportFormat::Json;
    choices.folder = m_file.value(exportFolderKey).toString();
    return choices;
}

void Settings::setExportChoices(const ExportChoices &choices)
{
    const bool isJson = choices.format == ExportFormat::Json;
    m_file.setValue(exportAllColumnsKey, choices.hasAllColumns);
    m_file.setValue(exportFormatKey, QString(isJson ? jsonFormat : csvFormat));
    m_file.setValue(exportFolderKey, choices.folder);
}

QByteArray Settings::windowGeometry() const
{
    return m_file.value(geometryKey).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray &geometry)
{
    m_file.setValue(geometryKey, geometry);
}

QByteArray Settings::windowLayout() const
{
    return m_file.value(windowLayoutKey).toByteArray();
}

void Settings::setWindowLayout(const QByteArray &layout)
{
    m_file.setValue(windowLayoutKey, layout);
}

QByteArray Settings::tableLayout() const
{
    return m_file.value(tableLayoutKey).toByteArray();
}

void Settings::setTableLayout(const QByteArray &layout)
{
    m_file.setValue(tableLayoutKey, layout);
}

bool Settings::showsMoreFilters() const
{
    return m_file.value(moreFiltersKey).toBool();
}

void Settings::setShowsMoreFilters(bool shown)
{
    m_file.setValue(moreFiltersKey, shown);
}

QByteArray Settings::historyGeometry() const
{
    return m_file.value(historyGeometryKey).toByteArray();
}

void Settings::setHistoryGeometry(const QByteArray &geometry)
{
    m_file.setValue(historyGeometryKey, geometry);
}

bool Settings::hasDetailedLog() const
{
    return m_file.value(detailedLogKey).toBool();
}

void Settings::setDetailedLog(bool isDetailed)
{
    m_file.setValue(detailedLogKey, isDetailed);
}

} // namespace Jobsweep
