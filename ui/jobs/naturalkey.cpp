// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/naturalkey.h"

#include <algorithm>

namespace Jobsweep {

namespace {

bool isDigit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/// UTF-8, whose order is that of the characters.
QByteArray folded(const QString &text)
{
    // Nearly all text is ASCII, and 100 000 names are to be folded at once.
    QByteArray bytes(text.size(), Qt::Uninitialized);
    char *byte = bytes.data();
    for (const QChar character : text) {
        const char16_t unit = character.unicode();
        if (unit == 0 || unit > 0x7f)
            return text.toCaseFolded().toUtf8().replace('\0', '\1');
        const bool isUpper = unit >= u'A' && unit <= u'Z';
        *byte++ = static_cast<char>(isUpper ? unit - u'A' + u'a' : unit);
    }
    return bytes;
}

} // namespace

QByteArray naturalKey(const QString &text)
{
    QByteArray bytes = folded(text);
    qsizetype numbers = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i)
        numbers += isDigit(bytes.at(i)) && (i == 0 || !isDigit(bytes.at(i - 1))) ? 1 : 0;
    if (numbers == 0)
        return bytes;
    QByteArray key(bytes.size() + 2 * numbers, Qt::Uninitialized);
    char *end = key.data();
    for (qsizetype i = 0; i < bytes.size();) {
        if (!isDigit(bytes.at(i))) {
            *end++ = bytes.at(i++);
            continue;
        }
        while (i + 1 < bytes.size() && bytes.at(i) == '0' && isDigit(bytes.at(i + 1)))
            ++i;
        const qsizetype first = i;
        while (i < bytes.size() && isDigit(bytes.at(i)))
            ++i;
        // The longer number is the larger one.
        constexpr qsizetype longest = 0xff;
        *end++ = '0';
        *end++ = static_cast<char>(std::min(i - first, longest));
        end = std::copy(bytes.cbegin() + first, bytes.cbegin() + i, end);
    }
    key.truncate(end - key.constData());
    return key;
}

} // namespace Jobsweep
