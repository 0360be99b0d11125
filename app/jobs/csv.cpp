// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/csv.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

QByteArray csvField(const QString &text)
{
    static const QString formulaBeginnings = u"=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20"_s;
    QByteArray field = text.toUtf8();
    if (!text.isEmpty() && formulaBeginnings.contains(text.front()))
        field.prepend('\'');
    const bool needsQuotes = std::any_of(field.cbegin(), field.cend(), [](char c) {
        return c == '"' || c == ',' || c == ';' || c == '\t' || c == '\n' || c == '\r';
    });
    return needsQuotes ? '"' + field.replace('"', "\"\"") + '"' : field;
}

QByteArray csvRow(const QStringList &texts)
{
    QByteArrayList fields;
    fields.reserve(texts.size());
    for (const QString &text : texts)
        fields.append(csvField(text));
    return csvRowOf(fields);
}

QByteArray csvRowOf(const QByteArrayList &fields)
{
    const QByteArray row = fields.join(',');
    // One empty field would look like no row at all.
    return (row.isEmpty() ? "\"\""_ba : row) + "\r\n";
}

} // namespace Jobsweep
