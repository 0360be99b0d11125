// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/serviceaddress.h"
#include "jobs/jobquery.h"

#include <QByteArray>
#include <QSettings>

namespace Jobsweep {

/// What is remembered between sessions, typed. Never the token. Owns its file, which only its owner
/// may read.
class Settings final
{
public:
    /// The person's own file.
    Settings();
    /// Another file; for tests and the demo, which must not touch the person's own.
    explicit Settings(const QString &iniFile);

    [[nodiscard]] QString fileName() const { return m_file.fileName(); }

    /// The default address when none, or one that is no longer accepted, is stored.
    [[nodiscard]] ServiceAddress serviceAddress() const;
    void setServiceAddress(const ServiceAddress &address);
    /// The default query when none is stored; a state that is not known counts as the default one.
    [[nodiscard]] JobQuery query() const;
    void setQuery(const JobQuery &query);
    [[nodiscard]] QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &geometry);
    [[nodiscard]] QByteArray windowLayout() const;
    void setWindowLayout(const QByteArray &layout);
    [[nodiscard]] QByteArray tableLayout() const;
    void setTableLayout(const QByteArray &layout);
    [[nodiscard]] QByteArray historyGeometry() const;
    void setHistoryGeometry(const QByteArray &geometry);

private:
    QSettings m_file;
};

} // namespace Jobsweep
