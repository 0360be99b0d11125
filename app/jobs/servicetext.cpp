// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/servicetext.h"

namespace Jobsweep {
namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

} // namespace

QString textFromUtf8(std::string_view text)
{
    const auto decoded = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    return text.starts_with(byteOrderMark) ? QChar(QChar::ByteOrderMark) + decoded : decoded;
}

QJsonDocument documentFromJson(const QByteArray &json, QJsonParseError *error)
{
    const QByteArrayView mark(byteOrderMark.data(), byteOrderMark.size());
    const bool isMarked = json.startsWith(mark);
    QByteArray text = isMarked ? json.sliced(mark.size()) : json;
    // Written as an escape, it is read as the character that it is.
    if (text.contains(mark))
        text.replace(mark, "\\ufeff");
    return QJsonDocument::fromJson(text, error);
}

} // namespace Jobsweep
