// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "account/savedviews.h"
#include "http/askedpause.h"
#include "http/serviceaddress.h"
#include "http/tier.h"
#include "jobs/exportfile.h"
#include "jobs/jobquery.h"

#include <QByteArray>
#include <QSettings>

#include <optional>

namespace Jobsweep {

/// How and where to the person exported jobs last.
struct ExportChoices
{
    bool hasAllColumns = false;
    ExportFormat format = ExportFormat::Csv;
    /// Empty as long as nothing was exported.
    QString folder;

    friend bool operator==(const ExportChoices &, const ExportChoices &) = default;
};

/// What is remembered between sessions, typed. Never the token. Owns its file, which only its owner
/// may read.
class Settings final
{
public:
    static constexpr int defaultHoldSeconds = 5;
    static constexpr int maximumHoldSeconds = 30;
    static constexpr int defaultHistoryDays = 365;
    static constexpr int maximumHistoryDays = 3650;
    static constexpr int defaultHistoryMegabytes = 500;
    static constexpr int minimumHistoryMegabytes = 10;
    static constexpr int maximumHistoryMegabytes = 100'000;

    /// The person's own file.
    Settings();
    /// Another file; for tests and the demo, which must not touch the person's own.
    explicit Settings(const QString &iniFile);

    [[nodiscard]] QString fileName() const { return m_file.fileName(); }

    /// The default address when none, or one that is no longer accepted, is stored.
    [[nodiscard]] ServiceAddress serviceAddress() const;
    void setServiceAddress(const ServiceAddress &address);
    /// Whether the keychain was seen to have a token for this origin; not the token.
    [[nodiscard]] bool isTokenKept(const QString &origin) const;
    void setTokenKept(const QString &origin, bool isKept);
    /// The default query when none is stored; a state that is not known counts as the default one.
    /// A pasted list of ids is for the session only and not remembered.
    [[nodiscard]] JobQuery query() const;
    void setQuery(const JobQuery &query);

    [[nodiscard]] QList<SavedView> savedViews() const;
    void setSavedViews(const QList<SavedView> &views);

    /// The subscription tier that the person chose; Detect when none.
    [[nodiscard]] Tier tier() const;
    void setTier(Tier tier);
    /// The tier that the service of this origin named last; bound to the origin.
    [[nodiscard]] std::optional<Tier> detectedTier(const QString &origin) const;
    void setDetectedTier(const QString &origin, Tier tier);
    /// The pause that the service of this origin asked for last; it may be over.
    [[nodiscard]] std::optional<AskedPause> askedPause(const QString &origin) const;
    void setAskedPause(const QString &origin, const AskedPause &pause);

    // Numbers outside their bounds become the nearest one within, what is no number the default.

    /// How long a confirmed deletion can be undone; 0 for not at all.
    [[nodiscard]] int holdSeconds() const;
    void setHoldSeconds(int seconds);
    /// How long the history keeps a run, and how large it may grow.
    [[nodiscard]] int historyDays() const;
    void setHistoryDays(int days);
    [[nodiscard]] int historyMegabytes() const;
    void setHistoryMegabytes(int megabytes);

    [[nodiscard]] ExportChoices exportChoices() const;
    void setExportChoices(const ExportChoices &choices);

    [[nodiscard]] QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &geometry);
    [[nodiscard]] QByteArray windowLayout() const;
    void setWindowLayout(const QByteArray &layout);
    [[nodiscard]] QByteArray tableLayout() const;
    void setTableLayout(const QByteArray &layout);
    [[nodiscard]] bool showsMoreFilters() const;
    void setShowsMoreFilters(bool shown);
    [[nodiscard]] QByteArray historyGeometry() const;
    void setHistoryGeometry(const QByteArray &geometry);

    /// See ProgramLog::setDetailed().
    [[nodiscard]] bool hasDetailedLog() const;
    void setDetailedLog(bool isDetailed);

private:
    [[nodiscard]] QStringList texts(QLatin1StringView key) const;
    [[nodiscard]] QDateTime time(QLatin1StringView key) const;
    [[nodiscard]] int number(QLatin1StringView key, int standard, int least, int most) const;

    QSettings m_file;
};

} // namespace Jobsweep
