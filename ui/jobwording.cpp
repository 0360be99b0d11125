// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobwording.h"

#include "jobs/job.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(JobWording)
};

using Column = JobModel::Column;

/// Longer than any sensible value, short enough to lay out at once.
constexpr qsizetype maximumValueLength = 2000;
/// More of a kind are only in the raw JSON: each is a widget.
constexpr qsizetype maximumListed = 50;
/// In the larger letters of a title.
constexpr int longestTitleWord = 24;
/// Captions are not broken at all.
constexpr qsizetype longestCaption = 24;

QString shown(const QString &foreign)
{
    return breakable(visibleText(foreign, maximumValueLength));
}

QString number(double value)
{
    // Beyond it there would be a line of zeros.
    constexpr double longest = 1e15;
    return QLocale().toString(value, std::abs(value) < longest ? 'f' : 'g',
                              QLocale::FloatingPointShortest);
}

QString lines(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(u'\n');
}

/// When, by the calendar of people and exactly.
QString time(const QDateTime &utc, const QDateTime &now)
{
    return lines({Wording::timeAgo(utc, now), Wording::exactTime(utc)});
}

QString state(const QString &text)
{
    Job job;
    job.state = jobStateFromText(text);
    job.stateText = text;
    return text.isEmpty() ? QString() : Wording::stateOf(job);
}

/// Collects one group; leaves out values that are not there.
class Group
{
public:
    explicit Group(const QString &title) : m_group{title, {}} { }

    void add(const QString &name, const QString &value)
    {
        if (!value.isEmpty())
            m_group.facts.append({name, value});
    }
    void add(const QString &name, const std::optional<double> &value)
    {
        if (value)
            add(name, number(*value));
    }
    /// Each value of `list` under a name that counts them.
    template<typename T>
    void addEach(const QString &countedName, const QList<T> &list, QString (*valueOf)(const T &))
    {
        const qsizetype count = std::min(list.size(), maximumListed);
        for (qsizetype i = 0; i < count; ++i) {
            const QString value = valueOf(list.at(i));
            add(countedName.arg(QLocale().toString(i + 1)),
                value.isEmpty() ? Words::tr("empty", "an entry of a list") : value);
        }
        addRest(list.size());
    }
    void addRest(qsizetype all)
    {
        if (all > maximumListed) {
            add(Words::tr("And more"),
                Words::tr("%Ln further ones are in the raw JSON.", nullptr,
                          static_cast<int>(all - maximumListed)));
        }
    }
    void addTo(QList<JobFactGroup> *groups) const
    {
        if (!m_group.facts.isEmpty())
            groups->append(m_group);
    }

private:
    JobFactGroup m_group;
};

Group general(const JobDetails &job, const JobNames &names, const QDateTime &now)
{
    Group group(Words::tr("General"));
    group.add(Wording::columnTitle(Column::State), state(job.state));
    group.add(Wording::columnTitle(Column::Type), shown(job.type));
    group.add(Wording::columnTitle(Column::Created), time(job.created, now));
    group.add(Wording::columnTitle(Column::Modified), time(job.modified, now));
    group.add(Wording::columnTitle(Column::CreatedBy), shown(job.email));
    group.add(Wording::columnTitle(Column::ITwin), lines({shown(names.iTwin), shown(job.iTwinId)}));
    group.add(Words::tr("Workspace"), lines({shown(names.workspace), shown(job.workspaceId)}));
    group.add(Wording::columnTitle(Column::Location), shown(job.location));
    group.add(Wording::columnTitle(Column::Id), shown(job.id));
    return group;
}

QString inputText(const JobDetails::Input &input)
{
    return lines({shown(input.description), shown(input.id)});
}

QString outputText(const JobDetails::Output &output)
{
    return lines({shown(output.format), shown(output.id)});
}

Group inputs(const JobDetails &job)
{
    Group group(Words::tr("Inputs"));
    group.addEach(Words::tr("Input %1", "number of an input"), job.inputs, &inputText);
    return group;
}

Group outputs(const JobDetails &job)
{
    Group group(Words::tr("Outputs"));
    group.addEach(Words::tr("Output %1", "number of an output"), job.settings.outputs, &outputText);
    return group;
}

Group settings(const JobDetails::Settings &settings)
{
    Group group(Words::tr("Settings"));
    group.add(Words::tr("Quality"), shown(settings.quality));
    if (settings.processingEngines)
        group.add(Words::tr("Processing engines"), QLocale().toString(*settings.processingEngines));
    return group;
}

Group cache(const JobDetails::Settings &settings)
{
    Group group(Words::tr("Cache"));
    if (settings.createsCache) {
        group.add(Words::tr("Creates a cache"),
                  *settings.createsCache ? Words::tr("yes") : Words::tr("no"));
    }
    group.add(Words::tr("Uses the cache"), shown(settings.usedCache));
    return group;
}

Group cost(const JobDetails &job)
{
    Group group(Words::tr("Cost"));
    if (job.estimatedCost)
        group.add(Wording::columnTitle(Column::EstimatedCost), Wording::cost(*job.estimatedCost));
    group.add(Words::tr("Gigapixels"), job.costParameters.gigaPixels);
    group.add(Words::tr("Megapoints"), job.costParameters.megaPoints);
    group.add(Words::tr("Mesh quality"), shown(job.costParameters.meshQuality));
    return group;
}

Group execution(const JobDetails::Execution &execution, const QDateTime &now)
{
    Group group(Words::tr("Execution"));
    group.add(Words::tr("Submitted", "time"), time(execution.submitted, now));
    group.add(Words::tr("Started", "time"), time(execution.started, now));
    group.add(Words::tr("Ended", "time"), time(execution.ended, now));
    group.add(Words::tr("Estimated units"), execution.estimatedUnits);
    return group;
}

QString messageText(const JobDetails::Message &message)
{
    QStringList params;
    for (const QString &param : message.params)
        params.append(shown(param));
    QString values;
    if (!params.isEmpty())
        values = Words::tr("Values: %1").arg(params.join(Words::tr(", ", "between values")));
    const QString code
        = message.code.isEmpty() ? QString() : Words::tr("Code: %1").arg(shown(message.code));
    return lines({shown(message.title), shown(message.message), code, values});
}

Group others(const QList<JobDetails::OtherField> &fields)
{
    Group group(Words::tr("Other fields"));
    const qsizetype count = std::min(fields.size(), maximumListed);
    for (qsizetype i = 0; i < count; ++i) {
        const QString &path = fields.at(i).path;
        const QString caption = visibleText(path, longestCaption);
        group.add(caption.isEmpty() ? Words::tr("unnamed", "field of a job") : caption,
                  lines({caption == path ? QString() : shown(path), shown(fields.at(i).json)}));
    }
    group.addRest(fields.size());
    return group;
}

} // namespace

QString jobTitle(const JobDetails &job)
{
    return job.name.isEmpty() ? Words::tr("Job without a name")
                              : breakable(visibleText(job.name), longestTitleWord);
}

QList<JobFactGroup> jobFacts(const JobDetails &job, const JobNames &names, const QDateTime &now)
{
    Group errors(Words::tr("Errors"));
    errors.addEach(Words::tr("Error %1", "number of an error"), job.execution.errors, &messageText);
    Group warnings(Words::tr("Warnings"));
    warnings.addEach(Words::tr("Warning %1", "number of a warning"), job.execution.warnings,
                     &messageText);
    QList<JobFactGroup> groups;
    for (const Group &group : {general(job, names, now), errors, warnings, inputs(job),
                               outputs(job), settings(job.settings), cache(job.settings), cost(job),
                               execution(job.execution, now), others(job.others)})
        group.addTo(&groups);
    return groups;
}

} // namespace Jobsweep
