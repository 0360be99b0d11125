// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestrules.h"

#include <QUrl>

#include <algorithm>

namespace Jobsweep {

bool isSafeSegment(QStringView text)
{
    constexpr qsizetype longest = 64;
    const auto isSafe = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
            || c == u'-' || c == u'_';
    };
    return !text.isEmpty() && text.size() <= longest && std::ranges::all_of(text, isSafe);
}

bool mayBeSent(Verb verb, const QString &path)
{
    switch (verb) {
    case Verb::Get:
        return true;
    case Verb::Post:
        return path == jobsPath;
    case Verb::Delete:
        return path.startsWith(jobsPath) && path.size() > jobsPath.size()
            && path.at(jobsPath.size()) == u'/'
            && isSafeSegment(QStringView(path).sliced(jobsPath.size() + 1));
    }
    Q_UNREACHABLE();
}

QString percentEncoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

} // namespace Jobsweep
