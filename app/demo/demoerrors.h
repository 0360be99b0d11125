// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every refusal that the service documents, word for word.

#include "demo/demorequest.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace Jobsweep {

struct DemoErrorDetail
{
    QString code;
    QString message;
    /// Left out of the body where empty.
    QString target;
};

[[nodiscard]] DemoAnswer jsonAnswer(int status, const QJsonObject &body);
[[nodiscard]] DemoAnswer errorAnswer(int status, const QString &code, const QString &message,
                                     const QList<DemoErrorDetail> &details = {});

/// 404 for a path, method or Accept header that names no operation.
[[nodiscard]] DemoAnswer operationNotFound();
[[nodiscard]] DemoAnswer jobNotFound();
[[nodiscard]] DemoAnswer workspaceNotFound();
[[nodiscard]] DemoAnswer iTwinNotFound();
[[nodiscard]] DemoAnswer insufficientPermissions();

/// What the Authorization header is refused for; nothing where it carries `token`.
[[nodiscard]] std::optional<DemoAnswer>
authorizationRefusal(const std::optional<QByteArray> &header, const QByteArray &token);

/// 429 with Retry-After and what the limit was about.
[[nodiscard]] DemoAnswer rateLimited(int seconds, const QString &tier,
                                     const std::optional<DemoCall> &call);

} // namespace Jobsweep
