// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/apierror.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

ErrorCause readCause(const QJsonObject &object)
{
    return {object.value("code"_L1).toString(), object.value("message"_L1).toString(),
            object.value("target"_L1).toString()};
}

} // namespace

const Exchange &exchangeOf(const ApiError &error)
{
    return std::visit([](const auto &failure) -> const Exchange & { return failure.exchange; },
                      error);
}

int statusOf(const ApiError &error)
{
    return std::visit(Overloaded{[](const NetworkFailure &) { return 0; },
                                 [](const auto &failure) { return failure.status; }},
                      error);
}

QString codeOf(const ApiError &error)
{
    const auto *failure = std::get_if<HttpFailure>(&error);
    return failure ? failure->code : QString();
}

bool isJobNotFound(const ApiError &error)
{
    return statusOf(error) == 404 && codeOf(error) == "JobNotFound"_L1;
}

bool asksToWait(int status, bool namesTime)
{
    return status == 429 || (status == 503 && namesTime);
}

bool mayPass(const ApiError &error)
{
    const int status = statusOf(error);
    if (const auto *failure = std::get_if<NetworkFailure>(&error)) {
        switch (failure->kind) {
        case NetworkFailure::Kind::Unreachable:
        case NetworkFailure::Kind::TimedOut:
        case NetworkFailure::Kind::ConnectionLost:
            return true;
        case NetworkFailure::Kind::Tls:
        case NetworkFailure::Kind::TooLarge:
        case NetworkFailure::Kind::Abandoned:
        case NetworkFailure::Kind::NoToken:
        case NetworkFailure::Kind::Forbidden:
            return false;
        }
    }
    return status == 408 || status == 429 || (status >= 500 && status <= 599);
}

void readErrorBody(const QByteArray &body, HttpFailure *failure)
{
    const QJsonObject root = QJsonDocument::fromJson(body).object();
    const QJsonObject error = root.value("error"_L1).toObject();
    const auto [code, message, target] = readCause(error);
    failure->code = code;
    failure->message = message;
    failure->target = target;
    const QJsonArray details = error.value("details"_L1).toArray();
    for (const auto &detail : details) {
        if (detail.isObject())
            failure->details.append(readCause(detail.toObject()));
    }
}

} // namespace Jobsweep
