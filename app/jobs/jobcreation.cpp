// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobcreation.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

using Type = QJsonValue::Type;

struct Field
{
    QLatin1StringView name;
    Type type;
};

/// Reads the record field by field and notes what could not be taken over.
class Record
{
public:
    explicit Record(const QJsonObject &job) : m_job(job) { }

    tl::expected<JobCreation, QList<CreationObstacle>> creation()
    {
        const QJsonArray inputs = takeInputs();
        const QJsonObject settings = takeSettings();
        QJsonObject body{
            {u"name"_s, requiredText("name"_L1, CreationObstacle::NoName)},
            {u"type"_s, requiredText("type"_L1, CreationObstacle::NoType)},
            {u"workspaceId"_s, requiredText("workspaceId"_L1, CreationObstacle::NoWorkspace)},
            {u"inputs"_s, inputs},
            {u"settings"_s, settings}};
        takeGroup("costEstimationParameters"_L1, m_job, {}, &body,
                  {{"gigaPixels"_L1, Type::Double},
                   {"megaPoints"_L1, Type::Double},
                   {"meshQuality"_L1, Type::String}});
        noteOtherFields();
        if (!m_obstacles.isEmpty()) {
            std::ranges::sort(m_obstacles);
            return tl::unexpected(m_obstacles);
        }
        m_result.name = body.value("name"_L1).toString();
        m_result.type = body.value("type"_L1).toString();
        m_result.workspaceId = body.value("workspaceId"_L1).toString();
        m_result.inputs = inputs.size();
        m_result.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
        if (!m_result.unknownFields.isEmpty())
            lose(CreationLoss::UnknownFields);
        std::ranges::sort(m_result.losses);
        return m_result;
    }

private:
    void lose(CreationLoss loss)
    {
        if (!m_result.losses.contains(loss))
            m_result.losses.append(loss);
    }
    void forbid(CreationObstacle obstacle)
    {
        if (!m_obstacles.contains(obstacle))
            m_obstacles.append(obstacle);
    }

    void noteUnknown(const QString &name)
    {
        if (!m_result.unknownFields.contains(name))
            m_result.unknownFields.append(name);
    }

    QJsonValue requiredText(QLatin1StringView name, CreationObstacle obstacle)
    {
        QJsonValue value = m_job.value(name);
        // A name may be empty; what refers to something may not.
        if (!value.isString() || (name != "name"_L1 && value.toString().isEmpty()))
            forbid(obstacle);
        return value;
    }

    /// The fields of `object` that a creation knows and that have the right type. Others that hold
    /// anything are noted as unknown, under `place`, unless they are in `handled`.
    QJsonObject taken(const QJsonObject &object, const QString &place,
                      std::initializer_list<Field> fields,
                      std::initializer_list<QLatin1StringView> handled = {})
    {
        QJsonObject result;
        for (auto it = object.begin(); it != object.end(); ++it) {
            const QString key = it.key();
            if (it.value().isNull() || std::ranges::find(handled, key) != handled.end())
                continue;
            const auto field = std::ranges::find(fields, key, &Field::name);
            if (field != fields.end() && field->type == it.value().type())
                result.insert(key, it.value());
            else
                noteUnknown(place + key);
        }
        return result;
    }

    QJsonArray takeInputs()
    {
        const QJsonValue inputs = m_job.value("inputs"_L1);
        if (!inputs.isArray())
            forbid(CreationObstacle::NoInputs);
        QJsonArray result;
        const QJsonArray array = inputs.toArray();
        for (const auto &value : array) {
            const QJsonObject input
                = taken(value.toObject(), u"inputs."_s,
                        {{"id"_L1, Type::String}, {"description"_L1, Type::String}});
            if (input.value("id"_L1).toString().isEmpty())
                forbid(CreationObstacle::NoInputs);
            result.append(input);
        }
        return result;
    }

    QJsonObject takeSettings()
    {
        const QJsonObject settings = m_job.value("jobSettings"_L1).toObject();
        QJsonObject result
            = taken(settings, u"jobSettings."_s,
                    {{"quality"_L1, Type::String}, {"processingEngines"_L1, Type::Double}},
                    {"outputs"_L1, "cacheSettings"_L1});
        if (result.value("quality"_L1).toString().isEmpty())
            forbid(CreationObstacle::NoQuality);
        result.insert("outputs"_L1, takeOutputs(settings.value("outputs"_L1)));
        takeGroup("cacheSettings"_L1, settings, u"jobSettings."_s, &result,
                  {{"createCache"_L1, Type::Bool}, {"useCache"_L1, Type::String}});
        return result;
    }

    QJsonArray takeOutputs(const QJsonValue &outputs)
    {
        if (!outputs.isArray())
            forbid(CreationObstacle::NoOutputs);
        QJsonArray result;
        const QJsonArray array = outputs.toArray();
        for (const auto &value : array) {
            const QJsonObject output = taken(value.toObject(), u"jobSettings.outputs."_s,
                                             {{"format"_L1, Type::String}}, {"id"_L1});
            const QString format = output.value("format"_L1).toString();
            if (format.isEmpty())
                forbid(CreationObstacle::NoOutputs);
            if (!value.toObject().value("id"_L1).toString().isEmpty())
                lose(CreationLoss::OutputIds);
            m_result.outputs.append(format);
            result.append(format);
        }
        return result;
    }

    /// An object that is not required and whose fields are not, either.
    void takeGroup(QLatin1StringView name, const QJsonObject &from, const QString &place,
                   QJsonObject *to, std::initializer_list<Field> fields)
    {
        const QJsonValue value = from.value(name);
        if (value.isObject())
            to->insert(name, taken(value.toObject(), place + name + u'.', fields));
        else if (!value.isUndefined() && !value.isNull())
            noteUnknown(place + name);
    }

    /// The fields at the top that are not taken over.
    void noteOtherFields()
    {
        using Lost = std::pair<QLatin1StringView, CreationLoss>;
        static constexpr std::array lost{
            Lost{"id"_L1, CreationLoss::Id},
            Lost{"createdDateTime"_L1, CreationLoss::Dates},
            Lost{"lastModifiedDateTime"_L1, CreationLoss::Dates},
            Lost{"email"_L1, CreationLoss::Creator},
            Lost{"location"_L1, CreationLoss::Location},
            Lost{"iTwinId"_L1, CreationLoss::ITwin},
            Lost{"estimatedCost"_L1, CreationLoss::EstimatedCost},
            Lost{"executionInformation"_L1, CreationLoss::ExecutionInformation},
        };
        QJsonObject rest = m_job;
        for (const auto &[name, loss] : lost) {
            if (const QJsonValue value = rest.take(name); !value.isUndefined() && !value.isNull())
                lose(loss);
        }
        // The new job is a draft as this one was: its state is not lost.
        taken(rest, {}, {},
              {"state"_L1, "name"_L1, "type"_L1, "workspaceId"_L1, "inputs"_L1, "jobSettings"_L1,
               "costEstimationParameters"_L1});
    }

    QJsonObject m_job;
    JobCreation m_result;
    QList<CreationObstacle> m_obstacles;
};

} // namespace

tl::expected<JobCreation, QList<CreationObstacle>> creationFrom(const QByteArray &definition)
{
    const QJsonDocument document = QJsonDocument::fromJson(definition);
    if (!document.isObject())
        return tl::unexpected(QList{CreationObstacle::NotReadable});
    return Record(document.object()).creation();
}

} // namespace Jobsweep
