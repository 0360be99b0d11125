// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/naturalkey.h"

namespace Jobsweep {

namespace {

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

} // namespace

QString naturalKey(const QString &text)
{
    const QString folded = text.toCaseFolded();
    QString key;
    key.reserve(folded.size() + 2);
    for (qsizetype i = 0; i < folded.size();) {
        if (!isDigit(folded.at(i))) {
            key += folded.at(i++);
            continue;
        }
        while (i + 1 < folded.size() && folded.at(i) == u'0' && isDigit(folded.at(i + 1)))
            ++i;
        const qsizetype first = i;
        while (i < folded.size() && isDigit(folded.at(i)))
            ++i;
        // The longer number is the larger one.
        key += u'0';
        key += QChar(static_cast<char16_t>(i - first));
        key += QStringView(folded).sliced(first, i - first);
    }
    return key;
}

} // namespace Jobsweep
