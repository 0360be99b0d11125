// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demobackend.h"

#include "demo/demoerrors.h"
#include "demo/demotoken.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMutexLocker>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr qint64 hourMilliseconds = 3'600'000;

qint64 wallClock()
{
    return QDateTime::currentMSecsSinceEpoch();
}

DemoAnswer jobRefusal(const QString &message, const QList<DemoErrorDetail> &details)
{
    return errorAnswer(422, u"InvalidContextCaptureRequest"_s, message, details);
}

DemoErrorDetail invalidParameter(const QString &name)
{
    return {u"InvalidParameter"_s, u"Invalid '%1' parameter."_s.arg(name), name};
}

/// What is wrong with the body of a job creation.
QList<DemoErrorDetail> creationFaults(const QJsonObject &body, const DemoData &data)
{
    QList<DemoErrorDetail> faults;
    const QStringList required{u"type"_s, u"name"_s, u"workspaceId"_s, u"inputs"_s, u"settings"_s};
    for (const QString &name : required) {
        if (!body.contains(name)) {
            faults.append({u"MissingRequiredProperty"_s,
                           u"Required property '%1' is missing."_s.arg(name), name});
        }
    }
    const QStringList types{u"Full"_s, u"Calibration"_s, u"Reconstruction"_s};
    const auto check = [&faults, &body](const QString &name, bool isValid) {
        if (body.contains(name) && !isValid) {
            faults.append(invalidParameter(name));
        }
    };
    check(u"type"_s, types.contains(body.value("type"_L1).toString()));
    check(u"name"_s, body.value("name"_L1).isString());
    check(u"workspaceId"_s, data.workspace(body.value("workspaceId"_L1).toString()) != nullptr);
    check(u"inputs"_s, body.value("inputs"_L1).isArray());
    const auto settings = body.value("settings"_L1).toObject();
    check(u"settings"_s,
          settings.value("quality"_L1).isString() && settings.value("outputs"_L1).isArray());
    return faults;
}

DemoJob jobFromCreation(const QJsonObject &body, const DemoData &data)
{
    const auto *const workspace = data.workspace(body.value("workspaceId"_L1).toString());
    const auto settings = body.value("settings"_L1).toObject();
    DemoJob job;
    job.facts.iTwinId = workspace->iTwinId;
    job.facts.name = body.value("name"_L1).toString();
    job.facts.email = data.user().email;
    job.facts.type = body.value("type"_L1).toString();
    job.facts.state = u"unsubmitted"_s;
    job.facts.createdMilliseconds = wallClock();
    const auto inputs = body.value("inputs"_L1).toArray();
    for (const auto &input : inputs) {
        job.facts.inputIds.append(input.toObject().value("id"_L1).toString());
    }
    const auto outputs = settings.value("outputs"_L1).toArray();
    for (const auto &format : outputs) {
        job.outputFormats.append(format.toString());
    }
    job.location = u"East US"_s;
    job.workspaceId = workspace->id;
    job.modifiedMilliseconds = job.facts.createdMilliseconds;
    job.quality = settings.value("quality"_L1).toString();
    job.processingEngines = settings.value("processingEngines"_L1).toInt();
    job.gigaPixels
        = body.value("costEstimationParameters"_L1).toObject().value("gigaPixels"_L1).toDouble();
    return job;
}

} // namespace

DemoBackend::DemoBackend(const DemoOptions &options)
    : m_options(options), m_limiter({options.limitRequests, options.limitSeconds * qint64{1000}},
                                    {options.hourlyLimit, hourMilliseconds}),
      m_data(std::make_unique<DemoData>(DemoOptions{.jobs = 0, .seed = options.seed},
                                        QDateTime::currentDateTimeUtc()))
{
    issueToken();
}

void DemoBackend::prepare()
{
    auto data = std::make_unique<DemoData>(m_options, QDateTime::currentDateTimeUtc());
    const QMutexLocker lock(&m_mutex);
    m_data = std::move(data);
}

QByteArray DemoBackend::token() const
{
    const QMutexLocker lock(&m_mutex);
    return m_token;
}

void DemoBackend::expireToken()
{
    const QMutexLocker lock(&m_mutex);
    m_token.clear();
}

QByteArray DemoBackend::issueToken()
{
    const QMutexLocker lock(&m_mutex);
    const DemoPerson &user = m_data->user();
    m_token = demoToken(u"%1 %2"_s.arg(user.givenName, user.surname), user.email,
                        QDateTime::currentDateTimeUtc());
    return m_token;
}

bool DemoBackend::submitJob(const QString &id)
{
    const QMutexLocker lock(&m_mutex);
    const auto place = m_data->placeOf(id);
    if (!place || !m_data->jobs()[*place].isDraft()) {
        return false;
    }
    m_data->setState(*place, u"active"_s, wallClock());
    return true;
}

DemoAnswer DemoBackend::answer(const DemoRequest &request, qint64 now)
{
    const QMutexLocker lock(&m_mutex);
    const auto call = matchOperation(request);
    DemoAnswer answer;
    if (auto refusal = authorizationRefusal(request.authorization, m_token)) {
        answer = call ? *refusal : operationNotFound();
    } else if (const auto wait = m_limiter.take(now)) {
        answer = rateLimited(*wait, m_options.tier, call);
    } else {
        answer = call ? perform(*call, request) : operationNotFound();
    }
    if (call && request.path.startsWith("/contextcapture/jobs/")) {
        answer.jobId = call->id;
    }
    return answer;
}

DemoAnswer DemoBackend::perform(const DemoCall &call, const DemoRequest &request)
{
    switch (call.operation) {
    case DemoOperation::JobsList:
        return listJobs(request);
    case DemoOperation::JobsCreate:
        return createJob(request);
    case DemoOperation::JobsGet:
    case DemoOperation::JobsDelete:
    case DemoOperation::JobsPatch:
    case DemoOperation::JobsProgress:
        return onJob(call, request);
    case DemoOperation::WorkspacesGet:
    case DemoOperation::WorkspacesDelete:
        return workspace(call);
    case DemoOperation::EnginesLimit:
        return enginesLimit(request);
    case DemoOperation::ITwinsList:
        return DemoListing::iTwins(*m_data, request);
    case DemoOperation::ITwinsGet: {
        const auto *const iTwin = m_data->iTwin(call.id);
        return iTwin ? jsonAnswer(200, {{u"iTwin"_s, iTwinJson(*iTwin)}}) : iTwinNotFound();
    }
    case DemoOperation::UsersMe:
        return user();
    }
    Q_UNREACHABLE();
}

DemoAnswer DemoBackend::listJobs(const DemoRequest &request)
{
    if (!m_options.keepsPages) {
        return m_listing.jobs(*m_data, request);
    }
    auto page = m_keptPages.find(request.query);
    if (page == m_keptPages.end()) {
        page = m_keptPages.insert(request.query, m_listing.jobs(*m_data, request));
    }
    return *page;
}

DemoAnswer DemoBackend::onJob(const DemoCall &call, const DemoRequest &request)
{
    const auto place = m_data->placeOf(call.id);
    if (!place) {
        return jobNotFound();
    }
    if (call.operation == DemoOperation::JobsDelete) {
        return deleteJob(*place);
    }
    if (call.operation == DemoOperation::JobsPatch) {
        return patchJob(*place, request);
    }
    return call.operation == DemoOperation::JobsProgress ? progress(*place) : getJob(*place);
}

DemoAnswer DemoBackend::getJob(size_t place, int status)
{
    return {.status = status, .body = "{\"job\":" + m_data->json(place) + '}'};
}

DemoAnswer DemoBackend::deleteJob(size_t place)
{
    const DemoJob &job = m_data->jobs()[place];
    if (job.isForbidden) {
        m_data->permitDeletion(place);
        return insufficientPermissions();
    }
    const bool submitsItself = job.isDraft() && job.submitsItself;
    if (submitsItself) {
        m_data->setState(place, u"active"_s, wallClock());
    }
    if (job.isDraft()) {
        m_data->removeJob(place);
        return {.status = 204, .change = DemoChange::Deleted};
    }
    DemoAnswer refusal
        = jobRefusal(u"Cannot delete job."_s,
                     {{u"InvalidChange"_s, u"Cannot delete an already submitted job."_s, {}}});
    refusal.change = submitsItself ? DemoChange::Submitted : DemoChange::None;
    return refusal;
}

DemoAnswer DemoBackend::createJob(const DemoRequest &request)
{
    const auto document = QJsonDocument::fromJson(request.body);
    if (!document.isObject()) {
        return jobRefusal(
            u"Cannot create job."_s,
            {{u"InvalidRequestBody"_s, u"The request body is not a JSON object."_s, {}}});
    }
    const auto body = document.object();
    const auto faults = creationFaults(body, *m_data);
    if (!faults.isEmpty()) {
        return jobRefusal(u"Cannot create job."_s, faults);
    }
    const size_t place = m_data->addJob(jobFromCreation(body, *m_data));
    DemoAnswer answer = getJob(place, 201);
    answer.jobId = m_data->jobs()[place].facts.id;
    answer.change = DemoChange::Created;
    return answer;
}

DemoAnswer DemoBackend::patchJob(size_t place, const DemoRequest &request)
{
    const DemoJob &job = m_data->jobs()[place];
    const auto body = QJsonDocument::fromJson(request.body).object();
    const auto state = body.value("state"_L1).toString().toLower();
    const bool submits = state == "active"_L1;
    const bool cancels = state == "cancelled"_L1;
    if (submits ? !job.isDraft() : !cancels || job.facts.state != "active"_L1) {
        return jobRefusal(u"Cannot modify job."_s,
                          {submits ? DemoErrorDetail{u"InvalidChange"_s,
                                                     u"Cannot resubmit an already submitted job."_s,
                                                     {}}
                                   : invalidParameter(u"state"_s)});
    }
    m_data->setState(place, state, wallClock());
    DemoAnswer answer = getJob(place);
    answer.change = submits ? DemoChange::Submitted : DemoChange::None;
    return answer;
}

DemoAnswer DemoBackend::progress(size_t place) const
{
    const DemoJob &job = m_data->jobs()[place];
    const bool isActive = job.facts.state == "active"_L1;
    const QJsonObject progress{
        {u"percentage"_s,
         job.isDraft()  ? 0
             : isActive ? 56
                        : 100},
        {u"state"_s,
         job.isDraft()  ? u"Unsubmitted"_s
             : isActive ? u"Active"_s
                        : u"Over"_s},
        {u"step"_s, isActive ? u"Reconstruction"_s : QString()},
    };
    return jsonAnswer(200, {{u"jobProgress"_s, progress}});
}

DemoAnswer DemoBackend::workspace(const DemoCall &call)
{
    const auto *const found = m_data->workspace(call.id);
    if (!found) {
        return workspaceNotFound();
    }
    if (call.operation == DemoOperation::WorkspacesDelete) {
        m_data->removeWorkspace(call.id);
        return {.status = 204, .change = DemoChange::Deleted};
    }
    QJsonObject workspace{
        {u"id"_s, found->id},
        {u"createdDateTime"_s, serviceTime(found->createdMilliseconds)},
        {u"name"_s, found->name},
        {u"contextCaptureVersion"_s, u"20.1"_s},
    };
    if (!found->iTwinId.isEmpty()) {
        workspace.insert(u"iTwinId"_s, found->iTwinId);
    }
    return jsonAnswer(200, {{u"workspace"_s, workspace}});
}

DemoAnswer DemoBackend::enginesLimit(const DemoRequest &request) const
{
    if (!m_data->iTwin(request.parameter(u"iTwinId"_s).value_or(QString()))) {
        return iTwinNotFound();
    }
    return jsonAnswer(200, {{u"enginesLimit"_s, QJsonObject{{u"maxEngines"_s, 25}}}});
}

DemoAnswer DemoBackend::user() const
{
    const DemoPerson &person = m_data->user();
    const QJsonObject user{
        {u"id"_s, person.id},
        {u"displayName"_s, u"%1 %2"_s.arg(person.givenName, person.surname)},
        {u"givenName"_s, person.givenName},
        {u"surname"_s, person.surname},
        {u"email"_s, person.email},
        {u"organizationName"_s, u"Demo Surveying"_s},
        {u"country"_s, u"SE"_s},
        {u"language"_s, u"en"_s},
    };
    return jsonAnswer(200, {{u"user"_s, user}});
}

} // namespace Jobsweep
