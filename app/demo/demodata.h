// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The jobs, iTwins, people and workspaces of the demo service, made from a seed: the same seed and
// time give the same data on every machine.

#include "demo/demofilter.h"
#include "demo/demooptions.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>
#include <vector>

namespace Jobsweep {

struct DemoPerson
{
    QString id;
    QString givenName;
    QString surname;
    QString email;
};

struct DemoITwin
{
    QString id;
    QString number;
    QString displayName;
    bool active = true;
};

struct DemoWorkspace
{
    QString id;
    QString name;
    /// May be empty: a workspace need not belong to an iTwin.
    QString iTwinId;
    qint64 createdMilliseconds = 0;
};

struct DemoJob
{
    DemoFilterSubject facts;
    QString location;
    QString workspaceId;
    qint64 modifiedMilliseconds = 0;
    /// 0 before submission.
    qint64 submittedMilliseconds = 0;
    QString quality;
    int processingEngines = 0;
    double gigaPixels = 0;
    /// As many as facts.outputIds.
    QStringList outputFormats;
    bool removed = false;
    /// Becomes active the moment somebody asks for its deletion.
    bool submitsItself = false;
    /// The next request for its deletion is forbidden, and gets the user the permission.
    bool isForbidden = false;

    [[nodiscard]] bool isDraft() const;
};

/// The job object of the documented schema, compact.
[[nodiscard]] QByteArray jobJson(const DemoJob &job);
/// The minimal representation.
[[nodiscard]] QJsonObject iTwinJson(const DemoITwin &iTwin);
/// As the service writes times: seven digits of a second and "+00:00".
[[nodiscard]] QString serviceTime(qint64 milliseconds);

class DemoData final
{
public:
    DemoData(const DemoOptions &options, const QDateTime &now);

    /// Whom the token belongs to.
    [[nodiscard]] const DemoPerson &user() const { return m_people.front(); }
    [[nodiscard]] const std::vector<DemoITwin> &iTwins() const { return m_iTwins; }
    [[nodiscard]] const DemoITwin *iTwin(const QString &id) const;
    [[nodiscard]] const DemoWorkspace *workspace(const QString &id) const;
    /// A job never changes its place, removed ones included: a place is a stable key for paging.
    [[nodiscard]] const std::vector<DemoJob> &jobs() const { return m_jobs; }
    /// The place of a job that exists and that the user may see.
    [[nodiscard]] std::optional<size_t> placeOf(const QString &jobId) const;
    /// Made once and kept until the job changes.
    [[nodiscard]] const QByteArray &json(size_t place);

    void removeJob(size_t place);
    void removeWorkspace(const QString &id);
    void setState(size_t place, const QString &state, qint64 now);
    /// Gives the job and its outputs ids that no other has.
    size_t addJob(DemoJob job);
    void permitDeletion(size_t place) { m_jobs[place].isForbidden = false; }

private:
    /// One draft in so many, counted from `first` among the newest; nothing where `oneIn` is 0.
    void mark(bool DemoJob::*trait, int oneIn, int first);

    std::vector<DemoPerson> m_people;
    std::vector<DemoITwin> m_iTwins;
    std::vector<DemoWorkspace> m_workspaces;
    std::vector<DemoJob> m_jobs;
    std::vector<QByteArray> m_json;
    QHash<QString, size_t> m_places;
};

} // namespace Jobsweep
