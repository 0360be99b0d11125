// SPDX-License-Identifier: GPL-3.0-or-later

// Ids in whatever a person pasted or dropped.

#include "jobs/idlist.h"
#include "tests/fuzz/invariant.h"

#include <QRegularExpression>
#include <QSet>

using namespace Jobsweep;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const QRegularExpression guid(
        QStringLiteral("\\A[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\z"));
    const QString text = QString::fromUtf8(inputOf(data, size));
    const IdList found = idsIn(text);
    QSet<JobId> known;
    QString written;
    for (const JobId &id : found.ids) {
        must(guid.match(id.text).hasMatch(), "an id is a GUID in lower case");
        must(id.isSafe(), "an id can be asked for");
        must(!known.contains(id), "each id is found once");
        known.insert(id);
        written += id.text + u'\n';
    }
    must(found.duplicates >= 0 && found.notUnderstood >= 0, "nothing is counted below zero");
    must(idsIn(written) == IdList{found.ids, 0, 0}, "the ids found are found again as they are");
    return 0;
}
