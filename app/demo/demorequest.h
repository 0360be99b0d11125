// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A request as the demo service reads it, and its answer, both free of sockets.

#include "demo/demoledger.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace Jobsweep {

struct DemoRequest
{
    QString method;
    /// Percent-encoded, as they came.
    QByteArray path;
    QByteArray query;
    QByteArray body;
    QByteArray accept;
    /// A missing header and an empty one are refused differently.
    std::optional<QByteArray> authorization;

    /// The decoded value of a query parameter; `+` stands for a blank except in tokens.
    [[nodiscard]] std::optional<QString> parameter(const QString &name) const;
};

struct DemoAnswer
{
    int status = 200;
    /// JSON, or nothing.
    QByteArray body = {};
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    /// For the ledger.
    QString jobId = {};
    DemoChange change = DemoChange::None;
};

enum class DemoOperation {
    JobsList,
    JobsGet,
    JobsDelete,
    JobsCreate,
    JobsPatch,
    JobsProgress,
    WorkspacesGet,
    WorkspacesDelete,
    EnginesLimit,
    ITwinsList,
    ITwinsGet,
    UsersMe
};

struct DemoCall
{
    DemoOperation operation = DemoOperation::JobsList;
    /// The id in the path; empty where the operation has none.
    QString id;
};

/// Nothing where method, path and Accept header together name no operation of this version.
[[nodiscard]] std::optional<DemoCall> matchOperation(const DemoRequest &request);
/// As in `ITwinPlatform-RateLimited-Operation`.
[[nodiscard]] QByteArray operationName(DemoOperation operation);

} // namespace Jobsweep
