// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/accesstoken.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cstring>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr qsizetype maximumTokenBytes = 16 * 1024;
/// What may surround a token in what is pasted: a whole curl command at most.
constexpr qsizetype maximumPastedLength = 4 * maximumTokenBytes;
/// A shorter part of a token says nothing, and replacing it would tear words apart.
constexpr qsizetype shortestSecretPart = 8;

bool isZeroWidth(QChar character)
{
    return character == QChar(0x200B) || character == QChar(0xFEFF);
}

bool isQuote(QChar character)
{
    static constexpr QStringView quotes = u"\"'`\u2018\u2019\u201C\u201D\u201E\u00AB\u00BB";
    return quotes.contains(character);
}

bool surrounds(QChar character)
{
    return character.isSpace() || isZeroWidth(character) || isQuote(character);
}

QStringView withoutSurroundings(QStringView text)
{
    while (!text.isEmpty() && surrounds(text.front())) {
        text = text.sliced(1);
    }
    const auto mayFollow = [](QChar last) { return surrounds(last) || u"\\,;"_s.contains(last); };
    while (!text.isEmpty() && mayFollow(text.back())) {
        text.chop(1);
    }
    return text;
}

/// What stands before the token in a header line, in a curl option, in JSON or in a script.
QStringView withoutLabel(QStringView text)
{
    static const QRegularExpression label(
        uR"(\A(?:(?:-H|--header)(?=[\s="']|authorization)[\s=]*|authorization["']?\s*[:=]|bearer(?:\s+|\z)))"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto match = label.match(text.toString());
    return match.hasMatch() ? text.sliced(match.capturedLength()) : text;
}

/// The header inside the quoted option of a curl command, or all of the text.
QString headerOf(const QString &text)
{
    static const QRegularExpression option(
        uR"((?:-H|--header)[\s=]*(["'])(\s*authorization\s*:.*?)\1)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    const auto match = option.match(text);
    return match.hasMatch() ? match.captured(2) : text;
}

QString cleaned(const QString &text)
{
    const QString header = headerOf(text);
    QStringView rest = withoutSurroundings(header);
    for (qsizetype before = -1; before != rest.size();) {
        before = rest.size();
        rest = withoutSurroundings(withoutLabel(rest));
    }
    static const QRegularExpression lineBreaks(u"[ \\t]*[\\r\\n]+[ \\t]*"_s);
    return rest.toString().remove(lineBreaks);
}

bool isControl(QChar character)
{
    return character.category() == QChar::Other_Control;
}

/// RFC 6750: 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
bool isBearerToken(QStringView text)
{
    static const QRegularExpression syntax(u"\\A[A-Za-z0-9._~+/-]+=*\\z"_s);
    return syntax.match(text.toString()).hasMatch();
}

QStringList scopesOf(const QJsonValue &value)
{
    if (value.isString()) {
        return value.toString().split(u' ', Qt::SkipEmptyParts);
    }
    QStringList scopes;
    const QJsonArray array = value.toArray();
    for (const auto &scope : array) {
        if (scope.isString()) {
            scopes << scope.toString();
        }
    }
    return scopes;
}

QDateTime timeOf(const QJsonValue &value)
{
    static constexpr double endOfYear9999 = 253402300800.0;
    const double seconds = value.toDouble();
    if (!(seconds > 0 && seconds < endOfYear9999)) {
        return {};
    }
    return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(seconds), Qt::UTC);
}

} // namespace

bool TokenClaims::namesRequiredScope() const
{
    return scopes.contains("itwin-platform"_L1);
}

struct AccessToken::Secret
{
    explicit Secret(const QByteArray &secret) : bytes(secret) { }
    ~Secret()
    {
        if (bytes.isDetached()) {
            explicit_bzero(bytes.data(), static_cast<size_t>(bytes.size()));
        }
    }
    Q_DISABLE_COPY_MOVE(Secret)

    QByteArray bytes;
};

AccessToken::AccessToken(const QByteArray &bytes) : m_secret(std::make_shared<Secret>(bytes)) { }

tl::expected<AccessToken, AccessToken::Problem> AccessToken::fromPasted(const QString &text)
{
    if (text.size() > maximumPastedLength) {
        return tl::unexpected(Problem::TooLong);
    }
    const QString token = cleaned(text);
    if (token.isEmpty()) {
        return tl::unexpected(Problem::Empty);
    }
    if (std::any_of(token.cbegin(), token.cend(), isControl)) {
        return tl::unexpected(Problem::ControlCharacter);
    }
    if (!isBearerToken(token)) {
        return tl::unexpected(Problem::ForbiddenCharacter);
    }
    if (token.size() > maximumTokenBytes) {
        return tl::unexpected(Problem::TooLong);
    }
    return AccessToken(token.toLatin1());
}

QByteArray AccessToken::bytes() const
{
    return m_secret ? m_secret->bytes : QByteArray();
}

std::optional<TokenClaims> AccessToken::claims() const
{
    const QList<QByteArray> parts = bytes().split('.');
    if (parts.size() != 3) {
        return std::nullopt;
    }
    const auto payload = QByteArray::fromBase64Encoding(
        parts.at(1), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    const auto document = payload ? QJsonDocument::fromJson(payload.decoded) : QJsonDocument();
    if (!document.isObject()) {
        return std::nullopt;
    }
    const QJsonObject claims = document.object();
    return TokenClaims{.name = claims.value("name"_L1).toString(),
                       .preferredUserName = claims.value("preferred_username"_L1).toString(),
                       .expiresAt = timeOf(claims.value("exp"_L1)),
                       .scopes = scopesOf(claims.value("scope"_L1))};
}

QString redacted(QString text, const AccessToken &token)
{
    if (token.isEmpty()) {
        return text;
    }
    const QString secret = QString::fromLatin1(token.bytes());
    text.replace(secret, "[redacted]"_L1);
    const QStringList parts = secret.split(u'.');
    for (const QString &part : parts) {
        if (part.size() >= shortestSecretPart) {
            text.replace(part, "[redacted]"_L1);
        }
    }
    return text;
}

} // namespace Jobsweep
