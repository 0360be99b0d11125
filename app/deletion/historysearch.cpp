// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/historysearch.h"

#include <QChar>
#include <QList>

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

} // namespace

QString globFor(const QString &text)
{
    QString pattern = u"*"_s;
    const QList<uint> characters = text.left(maximumSearchLength).toUcs4();
    for (const uint character : characters)
        pattern += anyCaseOf(character);
    return pattern + u'*';
}

} // namespace Jobsweep
