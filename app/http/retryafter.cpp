// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/retryafter.h"

#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

constexpr std::chrono::seconds aHundredYears = std::chrono::hours(24) * 36525;

bool isAllDigits(const QByteArray &text)
{
    return !text.isEmpty()
        && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::chrono::seconds> parseSeconds(const QByteArray &text)
{
    if (!isAllDigits(text))
        return {};
    bool fits = false;
    const qlonglong seconds = text.toLongLong(&fits);
    if (!fits)
        return aHundredYears;
    return std::min(std::chrono::seconds(seconds), aHundredYears);
}

std::optional<std::chrono::seconds> parseOne(const QByteArray &text, const QDateTime &now)
{
    if (const auto seconds = parseSeconds(text))
        return seconds;
    const QDateTime date = parseHttpDate(text);
    if (!date.isValid())
        return {};
    // Rounded up: a wait is never shortened.
    const auto milliseconds = std::chrono::milliseconds(std::max<qint64>(0, now.msecsTo(date)));
    return std::min(std::chrono::ceil<std::chrono::seconds>(milliseconds), aHundredYears);
}

/// Date and time apart: of a whole text Qt makes a local time, and in some time zones not every
/// hour of the year exists.
QDateTime utcOf(const QString &date, const QString &format, const QString &time)
{
    const QDate day = QLocale::c().toDate(date, format);
    const QTime hour = QTime::fromString(time, u"hh:mm:ss"_s);
    return day.isValid() && hour.isValid() ? QDateTime(day, hour, Qt::UTC) : QDateTime();
}

} // namespace

QDateTime parseHttpDate(const QByteArray &value)
{
    QString text = QString::fromLatin1(value).simplified();
    // The weekday adds nothing, and Qt would refuse one that does not fit a two-digit year. What is
    // no word is no weekday but a value of its own, which must not get lost.
    static const QRegularExpression weekday(u"\\A[A-Za-z]+,? "_s);
    const auto word = weekday.match(text);
    if (!word.hasMatch())
        return {};
    text.remove(0, word.capturedLength());
    static const QRegularExpression twoDigitYear(u"^(\\d{1,2}-[A-Za-z]{3}-)(\\d{2} )"_s);
    text.replace(twoDigitYear, u"\\120\\2"_s);
    static const QRegularExpression usual(u"^(.+) (\\S+) (?:GMT|UTC)$"_s);
    if (const auto parts = usual.match(text); parts.hasMatch()) {
        const auto format = text.contains(u'-') ? u"d-MMM-yyyy"_s : u"d MMM yyyy"_s;
        return utcOf(parts.captured(1), format, parts.captured(2));
    }
    static const QRegularExpression asOfC(u"^(\\S+ \\S+) (\\S+) (\\d+)$"_s);
    const auto parts = asOfC.match(text);
    return utcOf(parts.captured(1) % u' ' % parts.captured(3), u"MMM d yyyy"_s, parts.captured(2));
}

std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray &value, const QDateTime &now)
{
    const QByteArray text = value.trimmed();
    if (const auto one = parseOne(text, now))
        return one;
    // Qt joins repeated headers with commas, and two of the three date forms hold one themselves:
    // split at every comma and let each piece be a value alone or together with the next.
    const QList<QByteArray> pieces = text.split(',');
    std::optional<std::chrono::seconds> latest;
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        auto wait = parseOne(pieces.at(i).trimmed(), now);
        if (!wait && i + 1 < pieces.size()) {
            wait = parseOne(QByteArray(pieces.at(i) + ',' + pieces.at(i + 1)).trimmed(), now);
            if (wait)
                ++i;
        }
        if (!wait)
            return {};
        latest = std::max(latest.value_or(std::chrono::seconds{}), *wait);
    }
    return latest;
}

} // namespace Jobsweep
