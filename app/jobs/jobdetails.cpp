// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobdetails.h"

#include "jobs/servicetext.h"
#include "jobs/servicetime.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

using OtherField = JobDetails::OtherField;

QString jsonText(const QJsonValue &value)
{
    // QJsonDocument writes only arrays and objects: the value without the brackets around it.
    const QByteArray json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.sliced(1, json.size() - 2));
}

/// Takes the fields of one object one after the other. What is left at the end, or does not hold
/// what is asked for, goes to the other fields; null counts as missing.
class Fields
{
public:
    Fields(const QJsonValue &value, QString path, QList<OtherField> *others)
        : m_left(value.toObject()), m_path(std::move(path)), m_others(others)
    {
        if (!value.isObject())
            keep(m_path, value);
    }
    ~Fields()
    {
        for (auto it = m_left.constBegin(); it != m_left.constEnd(); ++it)
            keep(pathOf(it.key()), it.value());
    }
    Q_DISABLE_COPY_MOVE(Fields)

    QString text(QLatin1StringView name)
    {
        const QJsonValue value = m_left.take(name);
        if (!value.isString())
            keep(pathOf(name), value);
        return value.toString();
    }
    QDateTime time(QLatin1StringView name)
    {
        const QJsonValue value = m_left.take(name);
        QDateTime time = timeFromService(value.toString());
        if (!time.isValid())
            keep(pathOf(name), value);
        return time;
    }
    std::optional<double> number(QLatin1StringView name)
    {
        const QJsonValue value = m_left.take(name);
        if (value.isDouble())
            return value.toDouble();
        keep(pathOf(name), value);
        return {};
    }
    std::optional<qint64> integer(QLatin1StringView name)
    {
        const QJsonValue value = m_left.take(name);
        // 2^53: beyond it a double is no certain integer.
        constexpr double largest = 9'007'199'254'740'992.0;
        const double number = value.toDouble(0.5);
        if (std::abs(number) <= largest && std::floor(number) == number)
            return static_cast<qint64>(number);
        keep(pathOf(name), value);
        return {};
    }
    std::optional<bool> truth(QLatin1StringView name)
    {
        const QJsonValue value = m_left.take(name);
        if (value.isBool())
            return value.toBool();
        keep(pathOf(name), value);
        return {};
    }
    QStringList texts(QLatin1StringView name)
    {
        QStringList result;
        forEach(name, [&result](const QJsonValue &value, const QString &) {
            result.append(value.isString() ? value.toString() : jsonText(value));
        });
        return result;
    }
    /// What `read` makes of the object with this name, also when there is none.
    template<typename T>
    T object(QLatin1StringView name, T (*read)(Fields &))
    {
        Fields fields(m_left.take(name), pathOf(name), m_others);
        return read(fields);
    }
    /// What `read` makes of each element; nothing of one that is no object.
    template<typename T>
    QList<T> list(QLatin1StringView name, T (*read)(Fields &))
    {
        QList<T> result;
        forEach(name, [this, read, &result](const QJsonValue &value, const QString &path) {
            Fields fields(value, path, m_others);
            if (value.isObject())
                result.append(read(fields));
        });
        return result;
    }

private:
    [[nodiscard]] QString pathOf(const QString &name) const
    {
        return m_path.isEmpty() ? name : m_path % u'.' % name;
    }
    void keep(const QString &path, const QJsonValue &value)
    {
        if (!value.isNull() && !value.isUndefined())
            m_others->append({path, jsonText(value)});
    }
    template<typename Take>
    void forEach(QLatin1StringView name, Take take)
    {
        const QJsonValue value = m_left.take(name);
        if (!value.isArray())
            keep(pathOf(name), value);
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i)
            take(array.at(i), u"%1[%2]"_s.arg(pathOf(name)).arg(i));
    }

    QJsonObject m_left;
    QString m_path;
    QList<OtherField> *m_others;
};

JobDetails::Input readInput(Fields &fields)
{
    return {fields.text("id"_L1), fields.text("description"_L1)};
}

JobDetails::Output readOutput(Fields &fields)
{
    return {fields.text("format"_L1), fields.text("id"_L1)};
}

struct Cache
{
    std::optional<bool> isCreated;
    QString used;
};

Cache readCache(Fields &fields)
{
    return {fields.truth("createCache"_L1), fields.text("useCache"_L1)};
}

JobDetails::Settings readSettings(Fields &fields)
{
    const auto cache = fields.object("cacheSettings"_L1, &readCache);
    return {fields.text("quality"_L1), fields.integer("processingEngines"_L1),
            fields.list("outputs"_L1, &readOutput), cache.isCreated, cache.used};
}

JobDetails::CostParameters readCostParameters(Fields &fields)
{
    return {fields.number("gigaPixels"_L1), fields.number("megaPoints"_L1),
            fields.text("meshQuality"_L1)};
}

JobDetails::Message readMessage(Fields &fields)
{
    return {fields.text("code"_L1), fields.text("title"_L1), fields.text("message"_L1),
            fields.texts("params"_L1)};
}

JobDetails::Execution readExecution(Fields &fields)
{
    return {fields.time("submittedDateTime"_L1),    fields.time("startedDateTime"_L1),
            fields.time("endedDateTime"_L1),        fields.number("estimatedUnits"_L1),
            fields.list("errors"_L1, &readMessage), fields.list("warnings"_L1, &readMessage)};
}

JobDetails readJob(Fields &fields)
{
    JobDetails job;
    job.id = fields.text("id"_L1);
    job.name = fields.text("name"_L1);
    job.type = fields.text("type"_L1);
    job.state = fields.text("state"_L1);
    job.created = fields.time("createdDateTime"_L1);
    job.modified = fields.time("lastModifiedDateTime"_L1);
    job.iTwinId = fields.text("iTwinId"_L1);
    job.workspaceId = fields.text("workspaceId"_L1);
    job.email = fields.text("email"_L1);
    job.location = fields.text("location"_L1);
    job.inputs = fields.list("inputs"_L1, &readInput);
    job.settings = fields.object("jobSettings"_L1, &readSettings);
    job.costParameters = fields.object("costEstimationParameters"_L1, &readCostParameters);
    job.estimatedCost = fields.number("estimatedCost"_L1);
    job.execution = fields.object("executionInformation"_L1, &readExecution);
    return job;
}

} // namespace

JobDetails readJobDetails(const QByteArray &definition)
{
    const QJsonDocument document = documentFromJson(definition);
    if (!document.isObject()) {
        JobDetails unreadable;
        if (!definition.isEmpty())
            unreadable.others.append({QString(), QString::fromUtf8(definition)});
        return unreadable;
    }
    QList<OtherField> others;
    JobDetails details;
    {
        Fields fields(document.object(), {}, &others);
        details = readJob(fields);
    }
    std::ranges::sort(others, {}, &OtherField::path);
    details.others = std::move(others);
    return details;
}

} // namespace Jobsweep
