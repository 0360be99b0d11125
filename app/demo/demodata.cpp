// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demodata.h"

#include "demo/demogenerator.h"

#include <QJsonObject>
#include <QUuid>

#include <algorithm>
#include <functional>
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

} // namespace

bool DemoJob::isDraft() const
{
    return facts.state == "unsubmitted"_L1;
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
    mark(&DemoJob::submitsItself, options.submittedOneIn, 2);
    mark(&DemoJob::isForbidden, options.forbiddenOneIn, 4);
}

void DemoData::mark(bool DemoJob::*trait, int oneIn, int first)
{
    if (oneIn == 0) {
        return;
    }
    std::vector<size_t> newestFirst(m_jobs.size());
    std::iota(newestFirst.begin(), newestFirst.end(), size_t{0});
    std::ranges::sort(newestFirst, std::greater(),
                      [this](size_t place) { return m_jobs[place].facts.createdMilliseconds; });
    int own = 0;
    int others = 0;
    const int chosen = std::min(first, oneIn - 1);
    for (const size_t place : newestFirst) {
        DemoJob &job = m_jobs[place];
        if (job.isDraft()) {
            int &count = job.facts.email == user().email ? own : others;
            job.*trait = count % oneIn == chosen;
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
