// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobexport.h"

#include "jobs/csv.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

using Column = JobModel::Column;
using Field = JobRecords::Field;

QList<Field> fieldsOf(Column column)
{
    switch (column) {
    case Column::Delete:
        return {};
    case Column::Name:
        return {Field::Name};
    case Column::State:
        return {Field::State};
    case Column::Type:
        return {Field::Type};
    case Column::Created:
        return {Field::Created};
    case Column::Modified:
        return {Field::Modified};
    case Column::ITwin:
        return {Field::ITwinName, Field::ITwinId};
    case Column::CreatedBy:
        return {Field::CreatedBy};
    case Column::Location:
        return {Field::Location};
    case Column::EstimatedCost:
        return {Field::EstimatedCost};
    case Column::Id:
        return {Field::Id};
    }
    Q_UNREACHABLE();
}

QList<Field> fieldsOf(const QList<Column> &columns)
{
    if (columns.isEmpty()) {
        return {Field::Id,           Field::Name,        Field::State,     Field::Type,
                Field::Created,      Field::Modified,    Field::Submitted, Field::ITwinName,
                Field::ITwinId,      Field::WorkspaceId, Field::CreatedBy, Field::Location,
                Field::EstimatedCost};
    }
    QList<Field> fields;
    for (const Column column : columns)
        fields.append(fieldsOf(column));
    return fields;
}

QString nameOf(Field field)
{
    switch (field) {
    case Field::Id:
        return u"id"_s;
    case Field::Name:
        return u"name"_s;
    case Field::State:
        return u"state"_s;
    case Field::Type:
        return u"type"_s;
    case Field::Created:
        return u"createdDateTime"_s;
    case Field::Modified:
        return u"lastModifiedDateTime"_s;
    case Field::Submitted:
        return u"submittedDateTime"_s;
    case Field::ITwinName:
        return u"iTwinName"_s;
    case Field::ITwinId:
        return u"iTwinId"_s;
    case Field::WorkspaceId:
        return u"workspaceId"_s;
    case Field::CreatedBy:
        return u"email"_s;
    case Field::Location:
        return u"location"_s;
    case Field::EstimatedCost:
        return u"estimatedCost"_s;
    }
    Q_UNREACHABLE();
}

bool isTime(Field field)
{
    return field == Field::Created || field == Field::Modified || field == Field::Submitted;
}

/// A number is no formula, whatever it begins with.
QByteArray csvValue(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::QDateTime:
        return value.toDateTime().toUTC().toString(u"yyyy-MM-ddTHH:mm:ss"_s).toLatin1();
    case QMetaType::Double:
        return QByteArray::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    default:
        return csvField(value.toString());
    }
}

/// Missing is null, which no text is.
QJsonValue jsonValue(const QVariant &value)
{
    if (value.typeId() == QMetaType::QDateTime) {
        const QDateTime time = value.toDateTime();
        return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
    }
    if (value.typeId() == QMetaType::QString && value.toString().isEmpty())
        return {};
    return QJsonValue::fromVariant(value);
}

} // namespace

JobRecords::JobRecords(ExportFormat format, const QList<Column> &columns,
                       const QList<ITwin> &iTwins)
    : m_format(format), m_fields(fieldsOf(columns)), m_isWhole(columns.isEmpty())
{
    for (const ITwin &iTwin : iTwins)
        m_iTwinNames.insert(iTwin.id.toLower(), iTwin.displayName);
}

QStringList JobRecords::titles() const
{
    QStringList titles;
    for (const Field field : m_fields)
        titles.append(isTime(field) ? nameOf(field) % " (UTC)"_L1 : nameOf(field));
    return titles;
}

QByteArray JobRecords::rowOf(const Job &job) const
{
    switch (m_format) {
    case ExportFormat::Csv:
        return csvOf(job);
    case ExportFormat::Json:
        // A job that was not found has none.
        return m_isWhole && !job.definition.isEmpty() ? job.definition : jsonOf(job);
    }
    Q_UNREACHABLE();
}

QByteArray JobRecords::csvOf(const Job &job) const
{
    QByteArrayList values;
    values.reserve(m_fields.size());
    for (const Field field : m_fields)
        values.append(csvValue(valueOf(job, field)));
    return csvRowOf(values);
}

QByteArray JobRecords::jsonOf(const Job &job) const
{
    QJsonObject object;
    for (const Field field : m_fields)
        object.insert(nameOf(field), jsonValue(valueOf(job, field)));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QVariant JobRecords::valueOf(const Job &job, Field field) const
{
    switch (field) {
    case Field::Id:
        return job.id.text;
    case Field::Name:
        return job.name;
    case Field::State:
        return job.stateText;
    case Field::Type:
        return job.type;
    case Field::Created:
        return job.created;
    case Field::Modified:
        return job.modified;
    case Field::Submitted:
        return job.submitted;
    case Field::ITwinName:
        return m_iTwinNames.value(job.iTwinId.toLower());
    case Field::ITwinId:
        return job.iTwinId;
    case Field::WorkspaceId:
        return job.workspaceId;
    case Field::CreatedBy:
        return job.email;
    case Field::Location:
        return job.location;
    case Field::EstimatedCost:
        return job.estimatedCost ? QVariant(*job.estimatedCost) : QVariant();
    }
    Q_UNREACHABLE();
}

} // namespace Jobsweep
