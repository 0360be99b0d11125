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
    if (std::none_of(bytes.cbegin(), bytes.cend(), isDigit))
        return bytes;
    QByteArray key;
    key.reserve(bytes.size() + 8);
    for (qsizetype i = 0; i < bytes.size();) {
        if (!isDigit(bytes.at(i))) {
            key += bytes.at(i++);
            continue;
        }
        while (i + 1 < bytes.size() && bytes.at(i) == '0' && isDigit(bytes.at(i + 1)))
            ++i;
        const qsizetype first = i;
        while (i < bytes.size() && isDigit(bytes.at(i)))
            ++i;
        // The longer number is the larger one.
        constexpr qsizetype longest = 0xff;
        key += '0';
        key += static_cast<char>(std::min(i - first, longest));
        key += QByteArrayView(bytes).sliced(first, i - first);
    }
    return key;
}

} // namespace Jobsweep
