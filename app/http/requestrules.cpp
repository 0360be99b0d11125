// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestrules.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

/// Servers take these segments out, with the one before.
bool leadsElsewhere(const QString &path)
{
    const QStringList segments = path.split(u'/');
    return std::ranges::any_of(segments, [](const QString &segment) {
        const QString decoded = QUrl::fromPercentEncoding(segment.toUtf8());
        return decoded == "."_L1 || decoded == ".."_L1;
    });
}

} // namespace

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
        return !leadsElsewhere(path);
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
