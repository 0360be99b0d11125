// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demodata.h"

#include "demo/demogenerator.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <algorithm>
#include <numeric>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

QString newGuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

template<typename Entry>
const Entry *entryById(const std::vector<Entry> &entries, const QString &id)
{
    const auto found = std::ranges::find_if(entries, [&id](const Entry &entry) {
        return entry.id.compare(id, Qt::CaseInsensitive) == 0;
    });
    return found == entries.end() ? nullptr : &*found;
}

/// Absent or null for drafts: both are documented and clients must bear both.
void addExecution(QJsonObject &object, const DemoJob &job)
{
    constexpr qint64 queued = 8'000;
    constexpr qint64 running = 40 * 60'000;
    const auto &state = job.facts.state;
    if (job.submittedMilliseconds == 0) {
        if (job.processingEngines % 2 == 0) {
            object.insert(u"executionInformation"_s, QJsonValue::Null);
        }
        return;
    }
    QJsonObject execution{
        {u"submittedDateTime"_s, serviceTime(job.submittedMilliseconds)},
        {u"startedDateTime"_s, serviceTime(job.submittedMilliseconds + queued)},
    };
    if (state != "active"_L1) {
        execution.insert(u"endedDateTime"_s, serviceTime(job.submittedMilliseconds + running));
        execution.insert(u"estimatedUnits"_s, job.gigaPixels / 40);
    }
    if (state == "failed"_L1) {
        const QJsonObject error{{u"code"_s, u"MissingPhotos"_s},
                                {u"title"_s, u"Photos are missing"_s},
                                {u"message"_s, u"3 photos could not be read."_s},
                                {u"params"_s, QJsonArray{u"3"_s}}};
        execution.insert(u"errors"_s, QJsonArray{error});
    }
    object.insert(u"executionInformation"_s, execution);
}

QJsonObject settingsOf(const DemoJob &job)
{
    QJsonArray outputs;
    for (qsizetype i = 0; i < job.facts.outputIds.size(); ++i) {
        outputs.append(QJsonObject{{u"format"_s, job.outputFormats.at(i)},
                                   {u"id"_s, job.facts.outputIds.at(i)}});
    }
    return {{u"quality"_s, job.quality},
            {u"outputs"_s, outputs},
            {u"processingEngines"_s, job.processingEngines},
            {u"cacheSettings"_s, QJsonObject{{u"createCache"_s, false}}}};
}

} // namespace

bool DemoJob::isDraft() const
{
    return facts.state == "unsubmitted"_L1;
}

QString serviceTime(qint64 milliseconds)
{
    const auto time = QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC);
    QString text = time.toString(Qt::ISODateWithMs);
    text.chop(1);
    return text.append("0000+00:00"_L1);
}

QByteArray jobJson(const DemoJob &job)
{
    QJsonArray inputs;
    for (const QString &id : job.facts.inputIds) {
        inputs.append(QJsonObject{{u"id"_s, id}, {u"description"_s, u"Drone ImageCollection"_s}});
    }
    QJsonObject object{
        {u"id"_s, job.facts.id},
        {u"name"_s, job.facts.name},
        {u"type"_s, job.facts.type},
        {u"state"_s, job.facts.state},
        {u"createdDateTime"_s, serviceTime(job.facts.createdMilliseconds)},
        {u"lastModifiedDateTime"_s, serviceTime(job.modifiedMilliseconds)},
        {u"location"_s, job.location},
        {u"email"_s, job.facts.email},
        {u"workspaceId"_s, job.workspaceId},
        {u"inputs"_s, inputs},
        {u"jobSettings"_s, settingsOf(job)},
        {u"costEstimationParameters"_s,
         QJsonObject{{u"gigaPixels"_s, job.gigaPixels},
                     {u"megaPoints"_s, 0.0},
                     {u"meshQuality"_s, job.quality}}},
        {u"estimatedCost"_s, job.gigaPixels * 1.5},
    };
    if (!job.facts.iTwinId.isEmpty()) {
        object.insert(u"iTwinId"_s, job.facts.iTwinId);
    }
    addExecution(object, job);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject iTwinJson(const DemoITwin &iTwin)
{
    return {{u"id"_s, iTwin.id},
            {u"class"_s, u"Endeavor"_s},
            {u"subClass"_s, u"Project"_s},
            {u"type"_s, QJsonValue::Null},
            {u"number"_s, iTwin.number},
            {u"displayName"_s, iTwin.displayName},
            {u"status"_s, iTwin.active ? u"Active"_s : u"Inactive"_s}};
}

DemoData::DemoData(const DemoOptions &options, const QDateTime &now)
{
    DemoGenerator generator(options.seed, now);
    m_people = generator.people();
    m_iTwins = generator.iTwins();
    m_workspaces = generator.workspaces(m_iTwins);
    const auto count = static_cast<size_t>(std::max(0, options.jobs));
    m_jobs.reserve(count);
    m_places.reserve(options.jobs);
    while (m_jobs.size() < count) {
        m_jobs.push_back(generator.job(m_people, m_workspaces));
        m_places.insert(m_jobs.back().facts.id, m_jobs.size() - 1);
    }
    m_json.resize(count);
    if (options.submittedOneIn > 0) {
        markSelfSubmitting(options.submittedOneIn);
    }
}

void DemoData::markSelfSubmitting(int oneIn)
{
    std::vector<size_t> newestFirst(m_jobs.size());
    std::iota(newestFirst.begin(), newestFirst.end(), size_t{0});
    std::ranges::sort(newestFirst, std::greater(),
                      [this](size_t place) { return m_jobs[place].facts.createdMilliseconds; });
    int own = 0;
    int others = 0;
    const int chosen = std::min(2, oneIn - 1);
    for (const size_t place : newestFirst) {
        DemoJob &job = m_jobs[place];
        if (job.isDraft()) {
            int &count = job.facts.email == user().email ? own : others;
            job.submitsItself = count % oneIn == chosen;
            ++count;
        }
    }
}

const DemoITwin *DemoData::iTwin(const QString &id) const
{
    return entryById(m_iTwins, id);
}

const DemoWorkspace *DemoData::workspace(const QString &id) const
{
    return entryById(m_workspaces, id);
}

std::optional<size_t> DemoData::placeOf(const QString &jobId) const
{
    const auto found = m_places.constFind(jobId.toLower());
    return found == m_places.constEnd() ? std::nullopt : std::optional(*found);
}

const QByteArray &DemoData::json(size_t place)
{
    if (m_json[place].isEmpty()) {
        m_json[place] = jobJson(m_jobs[place]);
    }
    return m_json[place];
}

void DemoData::removeJob(size_t place)
{
    m_jobs[place].removed = true;
    m_places.remove(m_jobs[place].facts.id);
    m_json[place].clear();
}

void DemoData::removeWorkspace(const QString &id)
{
    std::erase_if(m_workspaces, [&id](const DemoWorkspace &workspace) {
        return workspace.id.compare(id, Qt::CaseInsensitive) == 0;
    });
}

void DemoData::setState(size_t place, const QString &state, qint64 now)
{
    DemoJob &job = m_jobs[place];
    if (job.isDraft()) {
        job.submittedMilliseconds = now;
    }
    job.facts.state = state;
    job.modifiedMilliseconds = now;
    m_json[place].clear();
}

size_t DemoData::addJob(DemoJob job)
{
    job.facts.id = newGuid();
    for (qsizetype i = 0; i < job.outputFormats.size(); ++i) {
        job.facts.outputIds.append(newGuid());
    }
    m_places.insert(job.facts.id, m_jobs.size());
    m_jobs.push_back(std::move(job));
    m_json.emplace_back();
    return m_jobs.size() - 1;
}

} // namespace Jobsweep
