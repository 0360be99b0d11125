// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/logline.h"

#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

QLatin1StringView nameOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug"_L1;
    case QtInfoMsg:
        return "info"_L1;
    case QtWarningMsg:
        return "warning"_L1;
    case QtCriticalMsg:
        return "critical"_L1;
    case QtFatalMsg:
        return "fatal"_L1;
    }
    return "message"_L1;
}

/// Tokens that this program does not know, or no longer.
QString withoutAnyToken(QString text)
{
    // The beginning is that of {" in base64url, which every JSON Web Token has.
    static const QRegularExpression jsonWebToken(u"eyJ[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)*"_s);
    static const QRegularExpression bearer(u"\\b(bearer)[\\s:=]+[A-Za-z0-9._~+/=-]{8,}"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    text.replace(jsonWebToken, u"[redacted]"_s);
    text.replace(bearer, u"\\1 [redacted]"_s);
    return text;
}

bool isHarmless(QChar character)
{
    switch (character.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default: // of Qt's enumeration: all that has a shape
        return true;
    }
}

QString visible(const QString &text)
{
    constexpr int digits = 4;
    constexpr int hexadecimal = 16;
    QString result;
    result.reserve(text.size());
    for (const QChar character : text) {
        if (character == u'\n') {
            result += "\\n"_L1;
        } else if (isHarmless(character)) {
            result += character;
        } else {
            const int code = character.unicode();
            result += u"\\u%1"_s.arg(code, digits, hexadecimal, QChar(u'0'));
        }
    }
    return result;
}

} // namespace

QByteArray logLine(const LogMessage &message, const AccessToken &token)
{
    QString text = withoutAnyToken(redacted(message.text, token));
    if (text.size() > longestLogText)
        text = text.left(longestLogText) % u'…';
    const QString line = message.at.toString(Qt::ISODateWithMs) % u' ' % nameOf(message.type) % u' '
        % visible(message.category) % u' ' % visible(text) % u'\n';
    return line.toUtf8();
}

} // namespace Jobsweep
