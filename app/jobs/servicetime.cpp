// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/servicetime.h"

#include "jobs/servicetext.h"

#include <algorithm>
#include <optional>

namespace Jobsweep {
namespace {

/// The number that these characters are; -1 where one of them is no digit.
int number(std::string_view digits)
{
    int number = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            return -1;
        number = number * 10 + (digit - '0');
    }
    return number;
}

/// The milliseconds in what follows the seconds of a time, such as ".1234567+00:00"; -1 where that
/// has another form, has more digits than the service writes, or is rounded up to the next second.
int milliseconds(std::string_view rest)
{
    size_t digits = 0;
    if (rest.starts_with('.'))
        digits = std::min(rest.find_first_not_of("0123456789", 1), rest.size()) - 1;
    const std::string_view zone = rest.substr(digits == 0 ? 0 : digits + 1);
    if ((zone != "Z" && zone != "+00:00") || digits == 1 || digits == 2 || digits > 7)
        return -1;
    if (digits == 0)
        return 0;
    const int rounded = number(rest.substr(1, 3)) + (digits > 3 && rest[4] >= '5' ? 1 : 0);
    return rounded < 1000 ? rounded : -1;
}

/// A time in the form that the service itself writes, in a tenth of the time that Qt takes for any
/// that is ISO 8601; nothing where it has another form.
std::optional<QDateTime> readUsualForm(std::string_view text)
{
    constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd";
    if (text.size() < form.size())
        return {};
    for (size_t i = 0; i < form.size(); ++i) {
        if (form[i] != 'd' && form[i] != text[i])
            return {};
    }
    const auto part = [&text](size_t first) { return number(text.substr(first, 2)); };
    const int year = number(text.substr(0, 4));
    const QDate date(year, part(5), part(8));
    const QTime time(part(11), part(14), part(17), milliseconds(text.substr(form.size())));
    if (year < 0 || !date.isValid() || !time.isValid())
        return {};
    return QDateTime(date, time, Qt::UTC);
}

} // namespace

QDateTime timeFromService(const QString &text)
{
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    return time.toUTC();
}

QDateTime timeFromService(std::string_view text)
{
    if (const auto time = readUsualForm(text))
        return *time;
    return timeFromService(textFromUtf8(text));
}

} // namespace Jobsweep
