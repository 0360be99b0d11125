// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demoerrors.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

QByteArray apiName(DemoOperation operation)
{
    switch (operation) {
    case DemoOperation::ITwinsList:
    case DemoOperation::ITwinsGet:
        return "iTwins"_ba;
    case DemoOperation::UsersMe:
        return "Users"_ba;
    case DemoOperation::JobsList:
    case DemoOperation::JobsGet:
    case DemoOperation::JobsDelete:
    case DemoOperation::JobsCreate:
    case DemoOperation::JobsPatch:
    case DemoOperation::JobsProgress:
    case DemoOperation::WorkspacesGet:
    case DemoOperation::WorkspacesDelete:
    case DemoOperation::EnginesLimit:
        return "Reality Modeling"_ba;
    }
    Q_UNREACHABLE();
}

} // namespace

DemoAnswer jsonAnswer(int status, const QJsonObject &body)
{
    return {.status = status, .body = QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

DemoAnswer errorAnswer(int status, const QString &code, const QString &message,
                       const QList<DemoErrorDetail> &details)
{
    QJsonObject error{{u"code"_s, code}, {u"message"_s, message}};
    QJsonArray entries;
    for (const DemoErrorDetail &detail : details) {
        QJsonObject entry{{u"code"_s, detail.code}, {u"message"_s, detail.message}};
        if (!detail.target.isEmpty()) {
            entry.insert(u"target"_s, detail.target);
        }
        entries.append(entry);
    }
    if (!entries.isEmpty()) {
        error.insert(u"details"_s, entries);
    }
    return jsonAnswer(status, {{u"error"_s, error}});
}

DemoAnswer operationNotFound()
{
    return errorAnswer(
        404, u"ResourceNotFound"_s,
        u"The requested resource was not found. Verify the API URL and the Accept header."_s,
        {{u"OperationNotFound"_s, u"Unable to match incoming request to an operation."_s, {}}});
}

DemoAnswer jobNotFound()
{
    return errorAnswer(404, u"JobNotFound"_s, u"Requested job is not available."_s);
}

DemoAnswer workspaceNotFound()
{
    return errorAnswer(404, u"WorkspaceNotFound"_s, u"Requested workspace is not available."_s);
}

DemoAnswer iTwinNotFound()
{
    return errorAnswer(404, u"iTwinNotFound"_s, u"Requested iTwin is not available."_s);
}

DemoAnswer insufficientPermissions()
{
    return errorAnswer(403, u"InsufficientPermissions"_s,
                       u"The user has insufficient permissions for the requested operation."_s);
}

std::optional<DemoAnswer> authorizationRefusal(const std::optional<QByteArray> &header,
                                               const QByteArray &token)
{
    if (!header) {
        return errorAnswer(401, u"HeaderNotFound"_s,
                           u"Header Authorization was not found in the request. Access denied."_s);
    }
    const auto value = header->trimmed();
    if (value.isEmpty()) {
        return errorAnswer(401, u"InvalidHeaderValue"_s, u"Authorization header is empty."_s);
    }
    const qsizetype blank = value.indexOf(' ');
    const auto scheme = blank < 0 ? value : value.left(blank);
    if (scheme.compare("Bearer", Qt::CaseInsensitive) != 0) {
        return errorAnswer(
            401, u"InvalidAuthorizationScheme"_s,
            u"Authorization scheme '%1' is not valid."_s.arg(QString::fromLatin1(scheme)));
    }
    if (token.isEmpty() || value.sliced(scheme.size()).trimmed() != token) {
        return errorAnswer(401, u"Unauthorized"_s,
                           u"Access denied due to invalid access_token. Make sure that issuer is "
                           "correct, the token is not expired and is not corrupted."_s);
    }
    return std::nullopt;
}

DemoAnswer rateLimited(int seconds, const QString &tier, const std::optional<DemoCall> &call)
{
    DemoAnswer answer = errorAnswer(429, u"RateLimitExceeded"_s,
                                    u"The client sent more requests than allowed by this API for "
                                    "the current tier of the client."_s);
    answer.headers = {
        {"retry-after"_ba, QByteArray::number(seconds)},
        {"ITwinPlatform-RateLimited-Tier"_ba, tier.toLatin1()},
        {"ITwinPlatform-RateLimited-API"_ba, call ? apiName(call->operation) : "unknown"_ba},
        {"ITwinPlatform-RateLimited-Operation"_ba,
         call ? operationName(call->operation) : "unknown"_ba},
        {"ITwinPlatform-RateLimited-Application"_ba, "native-jobsweep-demo"_ba},
    };
    return answer;
}

} // namespace Jobsweep
