// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demorequest.h"

#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

struct Route
{
    QLatin1StringView method;
    /// Segments; "*" is an id.
    QLatin1StringView path;
    DemoOperation operation;
};

constexpr std::array routes{
    Route{"GET"_L1, "contextcapture/jobs"_L1, DemoOperation::JobsList},
    Route{"POST"_L1, "contextcapture/jobs"_L1, DemoOperation::JobsCreate},
    Route{"GET"_L1, "contextcapture/jobs/*"_L1, DemoOperation::JobsGet},
    Route{"DELETE"_L1, "contextcapture/jobs/*"_L1, DemoOperation::JobsDelete},
    Route{"PATCH"_L1, "contextcapture/jobs/*"_L1, DemoOperation::JobsPatch},
    Route{"GET"_L1, "contextcapture/jobs/*/progress"_L1, DemoOperation::JobsProgress},
    Route{"GET"_L1, "contextcapture/workspaces/*"_L1, DemoOperation::WorkspacesGet},
    Route{"DELETE"_L1, "contextcapture/workspaces/*"_L1, DemoOperation::WorkspacesDelete},
    Route{"GET"_L1, "contextcapture/limits/engines"_L1, DemoOperation::EnginesLimit},
    Route{"GET"_L1, "itwins"_L1, DemoOperation::ITwinsList},
    Route{"GET"_L1, "itwins/"_L1, DemoOperation::ITwinsList},
    Route{"GET"_L1, "itwins/recents"_L1, DemoOperation::ITwinsList},
    Route{"GET"_L1, "itwins/favorites"_L1, DemoOperation::ITwinsList},
    Route{"GET"_L1, "itwins/*"_L1, DemoOperation::ITwinsGet},
    Route{"GET"_L1, "users/me"_L1, DemoOperation::UsersMe},
};

/// The id found, empty where the route has none; nothing where the path is another.
std::optional<QString> matchPath(const Route &route, const QList<QByteArray> &segments)
{
    const auto pattern = QByteArray(route.path.data(), route.path.size()).split('/');
    if (pattern.size() != segments.size()) {
        return std::nullopt;
    }
    QString id;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QString segment = QUrl::fromPercentEncoding(segments.at(i));
        if (pattern.at(i) == "*") {
            if (segment.isEmpty()) {
                return std::nullopt;
            }
            id = segment;
        } else if (segment.compare(QLatin1StringView(pattern.at(i)), Qt::CaseInsensitive) != 0) {
            return std::nullopt;
        }
    }
    return id;
}

/// The version of the service is chosen by this header alone.
bool acceptsVersion(const QByteArray &accept)
{
    const auto alternatives = accept.split(',');
    return std::ranges::any_of(alternatives, [](const QByteArray &alternative) {
        const auto mediaType = alternative.split(';').constFirst().trimmed().toLower();
        return mediaType == "application/vnd.bentley.itwin-platform.v1+json";
    });
}

} // namespace

std::optional<QString> DemoRequest::parameter(const QString &name) const
{
    const auto pairs = query.split('&');
    for (const QByteArray &pair : pairs) {
        const qsizetype equals = pair.indexOf('=');
        if (QUrl::fromPercentEncoding(pair.left(equals < 0 ? pair.size() : equals)) != name) {
            continue;
        }
        QByteArray value = equals < 0 ? QByteArray() : pair.sliced(equals + 1);
        if (name != "continuationToken"_L1) {
            value.replace('+', ' ');
        }
        return QUrl::fromPercentEncoding(value);
    }
    return std::nullopt;
}

std::optional<DemoCall> matchOperation(const DemoRequest &request)
{
    if (!request.path.startsWith('/') || !acceptsVersion(request.accept)) {
        return std::nullopt;
    }
    const auto segments = request.path.sliced(1).split('/');
    for (const Route &route : routes) {
        if (route.method == request.method) {
            if (auto id = matchPath(route, segments)) {
                return DemoCall{route.operation, *id};
            }
        }
    }
    return std::nullopt;
}

QByteArray operationName(DemoOperation operation)
{
    switch (operation) {
    case DemoOperation::JobsList:
        return "jobs-get-all"_ba;
    case DemoOperation::JobsGet:
        return "jobs-get"_ba;
    case DemoOperation::JobsDelete:
        return "jobs-delete"_ba;
    case DemoOperation::JobsCreate:
        return "jobs-create"_ba;
    case DemoOperation::JobsPatch:
        return "jobs-patch"_ba;
    case DemoOperation::JobsProgress:
        return "jobs-progress"_ba;
    case DemoOperation::WorkspacesGet:
        return "workspaces-get"_ba;
    case DemoOperation::WorkspacesDelete:
        return "workspaces-delete"_ba;
    case DemoOperation::EnginesLimit:
        return "limits-engines"_ba;
    case DemoOperation::ITwinsList:
        return "get-my-itwins"_ba;
    case DemoOperation::ITwinsGet:
        return "get-itwin"_ba;
    case DemoOperation::UsersMe:
        return "get-me"_ba;
    }
    Q_UNREACHABLE();
}

} // namespace Jobsweep
