// SPDX-License-Identifier: GPL-3.0-or-later

// An error's body, read, written to the history and read from there. The history's own JSON is
// foreign, too: another program may have changed the file.

#include "http/errorjson.h"
#include "tests/fuzz/invariant.h"

#include <QJsonDocument>

using namespace Jobsweep;

namespace {

std::optional<ApiError> throughHistory(const ApiError &error)
{
    const QByteArray written = QJsonDocument(errorToJson(error)).toJson(QJsonDocument::Compact);
    return errorFromJson(QJsonDocument::fromJson(written).object());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray body = inputOf(data, size);
    HttpFailure failure{.status = 422, .rawBody = body, .exchange = {}};
    readErrorBody(body, &failure);
    const auto read = throughHistory(failure);
    failure.rawBody.truncate(maximumRecordedBody);
    must(read && *read == ApiError(failure), "the history keeps all but the end of a long body");
    if (const auto recorded = errorFromJson(QJsonDocument::fromJson(body).object()))
        must(throughHistory(*recorded).has_value(), "what was read can be written and read again");
    return 0;
}
