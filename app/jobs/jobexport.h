// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Jobs as rows of a CSV and as JSON. Pure. The fields are called as the service calls them, so that
// both formats, and the service's own answers, can be read by the same program.

#include "jobs/exportfile.h"
#include "jobs/itwins.h"
#include "jobs/jobmodel.h"

#include <QHash>

namespace Jobsweep {

/// What of a job is exported.
class JobRecords final
{
public:
    /// `columns` in their order, an iTwin by name and by id; without columns all fields, and in
    /// JSON the whole job as the service sent it. The iTwins are those whose names are known.
    JobRecords(ExportFormat format, const QList<JobModel::Column> &columns,
               const QList<ITwin> &iTwins);

    /// Times in a CSV are UTC, as their titles say, and have no zone: LibreOffice takes them for
    /// times like that alone, `2026-08-24T13:05:00`; with a `Z` or a blank they stay text.
    [[nodiscard]] QStringList titles() const;
    /// For ExportFile::add().
    [[nodiscard]] QByteArray rowOf(const Job &job) const;

    enum class Field {
        Id,
        Name,
        State,
        Type,
        Created,
        Modified,
        Submitted,
        ITwinName,
        ITwinId,
        WorkspaceId,
        CreatedBy,
        Location,
        EstimatedCost,
    };

private:
    [[nodiscard]] QByteArray csvOf(const Job &job) const;
    [[nodiscard]] QByteArray jsonOf(const Job &job) const;
    [[nodiscard]] QVariant valueOf(const Job &job, Field field) const;

    ExportFormat m_format;
    QList<Field> m_fields;
    bool m_isWhole;
    QHash<QString, QString> m_iTwinNames;
};

} // namespace Jobsweep
