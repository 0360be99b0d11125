// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/naturalkey.h"

#include <algorithm>
#include <array>

namespace Jobsweep {

namespace {

bool isDigit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/// A longer text is not a matter of every day.
constexpr qsizetype shortText = 256;

/// What writeKey() needs room for at most: two bytes more for every other one.
constexpr qsizetype keySize(qsizetype bytes)
{
    return 2 * bytes + 1;
}

/// Whether all is ASCII, which then is written to `bytes`.
bool foldAscii(const QString &text, char *bytes)
{
    return std::ranges::all_of(text, [&bytes](QChar character) {
        const char16_t unit = character.unicode();
        const bool isUpper = unit >= u'A' && unit <= u'Z';
        *bytes++ = static_cast<char>(isUpper ? unit - u'A' + u'a' : unit);
        return unit != 0 && unit <= 0x7f;
    });
}

/// Returns the end of the key.
char *writeKey(QByteArrayView bytes, char *key)
{
    for (auto byte = bytes.begin(); byte != bytes.end();) {
        if (!isDigit(*byte)) {
            *key++ = *byte++;
            continue;
        }
        const auto end = std::find_if_not(byte, bytes.end(), isDigit);
        byte = std::find_if(byte, end - 1, [](char digit) { return digit != '0'; });
        // The longer number is the larger one.
        constexpr qsizetype longest = 0xff;
        *key++ = '0';
        *key++ = static_cast<char>(std::min<qsizetype>(end - byte, longest));
        key = std::copy(byte, end, key);
        byte = end;
    }
    return key;
}

} // namespace

QByteArray naturalKey(const QString &text)
{
    // Nearly all text is short and ASCII, and 100 000 names get their keys at once.
    std::array<char, shortText> ascii;
    if (text.size() <= shortText && foldAscii(text, ascii.data())) {
        std::array<char, keySize(shortText)> key;
        const char *const end = writeKey({ascii.data(), text.size()}, key.data());
        return {key.data(), end - key.data()};
    }
    // UTF-8, whose order is that of the characters.
    const QByteArray bytes = text.toCaseFolded().toUtf8().replace('\0', '\1');
    QByteArray key(keySize(bytes.size()), Qt::Uninitialized);
    key.truncate(writeKey(bytes, key.data()) - key.constData());
    return key;
}

} // namespace Jobsweep
