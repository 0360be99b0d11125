// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

#include <memory>
#include <optional>

namespace Jobsweep {

/// What a token says about itself. Read for display only, never verified and never required.
struct TokenClaims
{
    QString name;
    QString preferredUserName;
    /// UTC; invalid when the token does not say.
    QDateTime expiresAt;
    QStringList scopes;

    /// Whether the scope `itwin-platform` is among them.
    [[nodiscard]] bool namesRequiredScope() const;
    friend bool operator==(const TokenClaims &, const TokenClaims &) = default;
};

/// An access token that is safe to put into a header: only the characters of RFC 6750 `b64token`,
/// at most 16 KiB. Its bytes are overwritten when the last copy goes.
class AccessToken
{
public:
    enum class Problem {
        Empty,
        /// A control character in the middle: could smuggle a header.
        ControlCharacter,
        /// Another character that a token cannot have.
        ForbiddenCharacter,
        TooLong,
    };

    /// No token.
    AccessToken() = default;

    /// Cleans what people paste (white space, quotes and line breaks around it, a line break inside
    /// from a wrapped terminal, `Authorization:`, `Bearer `, a curl `-H "…"` argument) and checks
    /// it.
    [[nodiscard]] static tl::expected<AccessToken, Problem> fromPasted(const QString &text);

    [[nodiscard]] bool isEmpty() const { return m_secret == nullptr; }
    /// A copy of these bytes that outlives the last token is not overwritten.
    [[nodiscard]] QByteArray bytes() const;
    /// Nothing when the token is not a JSON Web Token.
    [[nodiscard]] std::optional<TokenClaims> claims() const;

    friend bool operator==(const AccessToken &left, const AccessToken &right)
    {
        return left.bytes() == right.bytes();
    }

private:
    struct Secret;

    explicit AccessToken(const QByteArray &bytes);

    std::shared_ptr<const Secret> m_secret;
};

/// `text` with every occurrence of the token and of its parts between dots replaced by
/// "[redacted]"; parts that are too short to be secret stay.
[[nodiscard]] QString redacted(QString text, const AccessToken &token);

} // namespace Jobsweep
