// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/job.h"

#include "http/requestrules.h"
#include "jobs/servicetime.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QUrl>
#include <QUrlQuery>

#include <array>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

constexpr std::array stateWords{
    std::pair{JobState::Unsubmitted, "unsubmitted"_L1}, std::pair{JobState::Active, "active"_L1},
    std::pair{JobState::Success, "success"_L1},         std::pair{JobState::Failed, "failed"_L1},
    std::pair{JobState::Cancelled, "cancelled"_L1},
};

QDateTime readTime(const QJsonValue &value)
{
    return timeFromService(value.toString());
}

/// One copy of each text that many rows share, so that a page of 1000 jobs does not hold 1000
/// copies of the same e-mail address.
class SharedTexts
{
public:
    QString share(const QString &text) { return *m_texts.insert(text); }

private:
    QSet<QString> m_texts;
};

std::optional<Job> readJob(const QJsonObject &object, SharedTexts *texts)
{
    Job job;
    job.id.text = object.value("id"_L1).toString();
    const QString state = object.value("state"_L1).toString();
    if (job.id.text.isEmpty() || state.isEmpty())
        return {};
    const auto shared = [&object, texts](QLatin1StringView key) {
        return texts->share(object.value(key).toString());
    };
    job.name = object.value("name"_L1).toString();
    job.state = jobStateFromText(state);
    job.stateText = texts->share(state);
    job.type = shared("type"_L1);
    job.created = readTime(object.value("createdDateTime"_L1));
    job.modified = readTime(object.value("lastModifiedDateTime"_L1));
    const QJsonObject execution = object.value("executionInformation"_L1).toObject();
    job.submitted = readTime(execution.value("submittedDateTime"_L1));
    job.iTwinId = shared("iTwinId"_L1);
    job.workspaceId = shared("workspaceId"_L1);
    job.email = shared("email"_L1);
    job.location = shared("location"_L1);
    if (const QJsonValue cost = object.value("estimatedCost"_L1); cost.isDouble())
        job.estimatedCost = cost.toDouble();
    job.definition = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return job;
}

ApiError malformed(MalformedReply::Reason reason, const QByteArray &body)
{
    MalformedReply reply;
    reply.reason = reason;
    reply.rawBody = body.left(maximumErrorBytes);
    return reply;
}

Result<QJsonObject> parseObject(const QByteArray &body)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error != QJsonParseError::NoError)
        return tl::unexpected(malformed(MalformedReply::Reason::NotJson, body));
    if (!document.isObject())
        return tl::unexpected(malformed(MalformedReply::Reason::WrongShape, body));
    return document.object();
}

Result<Job> jobIn(const QJsonObject &object, const QByteArray &body)
{
    SharedTexts texts;
    if (auto job = readJob(object, &texts))
        return *std::move(job);
    return tl::unexpected(malformed(MalformedReply::Reason::WrongShape, body));
}

/// The token alone; the address it stands in is never requested (it is published with raw spaces,
/// without `$top`, and could name any host).
QString continuationTokenOf(const QJsonObject &root)
{
    const QString href = root.value("_links"_L1)
                             .toObject()
                             .value("next"_L1)
                             .toObject()
                             .value("href"_L1)
                             .toString();
    return QUrlQuery(QUrl(href)).queryItemValue(u"continuationToken"_s, QUrl::FullyDecoded);
}

} // namespace

bool JobId::isSafe() const
{
    return isSafeSegment(text);
}

JobState jobStateFromText(const QString &text)
{
    const auto found = std::ranges::find_if(stateWords, [&text](const auto &entry) {
        return text.compare(entry.second, Qt::CaseInsensitive) == 0;
    });
    return found == stateWords.end() ? JobState::Unknown : found->first;
}

QString textOf(JobState state)
{
    const auto found = std::ranges::find(stateWords, state, [](const auto &e) { return e.first; });
    return found == stateWords.end() ? QString() : QString(found->second);
}

std::optional<Obstacle> obstacleToDeletion(const Job &job)
{
    if (job.isMissing)
        return Obstacle::NotFound;
    if (job.state == JobState::Unknown)
        return Obstacle::UnknownState;
    if (job.state != JobState::Unsubmitted)
        return Obstacle::AlreadySubmitted;
    if (job.submitted.isValid())
        return Obstacle::HasSubmissionTime;
    if (!job.id.isSafe())
        return Obstacle::UnsafeId;
    return {};
}

Result<JobPage> parseJobPage(const QByteArray &body)
{
    const auto root = parseObject(body);
    if (!root)
        return tl::unexpected(root.error());
    const QJsonValue jobs = root->value("jobs"_L1);
    if (!jobs.isUndefined() && !jobs.isNull() && !jobs.isArray())
        return tl::unexpected(malformed(MalformedReply::Reason::WrongShape, body));
    JobPage page;
    SharedTexts texts;
    const QJsonArray array = jobs.toArray();
    page.jobs.reserve(array.size());
    for (const auto &value : array) {
        if (auto job = readJob(value.toObject(), &texts))
            page.jobs.append(*std::move(job));
    }
    page.continuationToken = continuationTokenOf(*root);
    return page;
}

Result<Job> parseJob(const QByteArray &definition)
{
    return parseObject(definition).and_then([&definition](const QJsonObject &object) {
        return jobIn(object, definition);
    });
}

Result<Job> parseJobReply(const QByteArray &body)
{
    return parseObject(body).and_then(
        [&body](const QJsonObject &root) { return jobIn(root.value("job"_L1).toObject(), body); });
}

} // namespace Jobsweep
