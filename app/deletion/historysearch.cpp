// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historysearch.h"

#include <QChar>
#include <QList>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

QString textOf(char32_t character)
{
    return QString::fromUcs4(&character, 1);
}

QString anyCaseOf(char32_t character)
{
    const QString same = textOf(character);
    const QString lower = textOf(QChar::toLower(character));
    const QString upper = textOf(QChar::toUpper(character));
    if (lower != upper)
        return u'[' % lower % upper % u']';
    const bool isSpecial = character == U'*' || character == U'?' || character == U'[';
    return isSpecial ? QString(u'[' % same % u']') : same;
}

QString globFor(const QString &text)
{
    QString pattern = u"*"_s;
    const QList<uint> characters = text.toUcs4();
    for (const uint character : characters)
        pattern += anyCaseOf(character);
    return pattern + u'*';
}

QString likeFor(QString text)
{
    for (const QChar special : {u'\\', u'%', u'_'})
        text.replace(special, QString(u'\\' % special));
    return u'%' % text % u'%';
}

} // namespace

SearchCondition searchFor(const QString &text)
{
    const QString bounded = text.left(maximumSearchLength);
    const bool isAscii = std::ranges::all_of(bounded, [](QChar c) { return c.unicode() < 0x80; });
    // LIKE is much faster, but knows the cases of ASCII alone.
    if (isAscii)
        return {u" LIKE ? ESCAPE '\\'"_s, likeFor(bounded)};
    return {u" GLOB ?"_s, globFor(bounded)};
}

} // namespace Jobsweep
