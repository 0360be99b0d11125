// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/accesstoken.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSet>

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
/// Of a run inside a part: a shorter one is in other texts by chance.
constexpr qsizetype shortestSecretRun = 12;
/// In a longer text each place is looked up, in a shorter one it is searched for.
constexpr qsizetype shortText = 256;
constexpr QStringView mark = u"[redacted]";

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
    QString header = headerOf(text);
    const auto wipe = qScopeGuard([&header] { overwrite(header); });
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

/// Marks what `text` and `secret` have in common.
QString withoutRuns(QStringView text, QStringView secret)
{
    QSet<QStringView> runs;
    for (qsizetype at = 0; text.size() > shortText && at + shortestSecretRun <= secret.size(); ++at)
        runs.insert(secret.sliced(at, shortestSecretRun));
    const auto isSecret = [&](qsizetype at) {
        const QStringView run = text.mid(at, shortestSecretRun);
        return run.size() == shortestSecretRun
            && (runs.isEmpty() ? secret.contains(run) : runs.contains(run));
    };
    QString result;
    qsizetype copied = 0;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (!isSecret(at))
            continue;
        result += text.sliced(copied, at - copied) % mark;
        while (isSecret(at + 1))
            ++at;
        copied = at + shortestSecretRun;
        at = copied - 1;
    }
    return result += text.sliced(copied);
}

} // namespace

void overwrite(QString &text)
{
    if (text.isDetached()) {
        explicit_bzero(text.data(), static_cast<size_t>(text.size()) * sizeof(QChar));
    }
    text.clear();
}

void overwrite(QByteArray &bytes)
{
    if (bytes.isDetached()) {
        explicit_bzero(bytes.data(), static_cast<size_t>(bytes.size()));
    }
    bytes.clear();
}

bool TokenClaims::namesRequiredScope() const
{
    return scopes.contains("itwin-platform"_L1);
}

struct AccessToken::Secret
{
    explicit Secret(const QByteArray &secret) : bytes(secret) { }
    ~Secret() { overwrite(bytes); }
    Q_DISABLE_COPY_MOVE(Secret)

    QByteArray bytes;
};

AccessToken::AccessToken(const QByteArray &bytes) : m_secret(std::make_shared<Secret>(bytes)) { }

tl::expected<AccessToken, AccessToken::Problem> AccessToken::fromPasted(const QString &text)
{
    if (text.size() > maximumPastedLength) {
        return tl::unexpected(Problem::TooLong);
    }
    QString token = cleaned(text);
    const auto wipe = qScopeGuard([&token] { overwrite(token); });
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
    QString secret = QString::fromLatin1(token.bytes());
    const auto wipe = qScopeGuard([&secret] { overwrite(secret); });
    text.replace(secret, mark.toString());
    const auto parts = QStringView(secret).split(u'.');
    for (const QStringView part : parts) {
        if (part.size() >= shortestSecretPart) {
            text.replace(part.constData(), part.size(), mark.data(), mark.size());
        }
    }
    return withoutRuns(text, secret);
}

void redactBytes(QByteArray &bytes, const AccessToken &token)
{
    // Latin-1 gives every byte back as it was.
    bytes = redacted(QString::fromLatin1(bytes), token).toLatin1();
}

void redactParts(QByteArray &bytes, const AccessToken &token)
{
    if (token.isEmpty()) {
        return;
    }
    const QByteArray secret = token.bytes();
    const QByteArray replacement = mark.toLatin1();
    bytes.replace(secret, replacement);
    QList<QByteArray> parts = secret.split('.');
    for (QByteArray &part : parts) {
        if (part.size() >= shortestSecretPart) {
            bytes.replace(part, replacement);
        }
        overwrite(part);
    }
}

} // namespace Jobsweep
