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
/// at most 16 KiB. Its bytes are overwritten when the last copy goes, and so is what was made of it
/// on the way here, as far as this can be reached. Out of reach are the copies that Qt makes for
/// itself: in a request's headers and the buffers of its socket, in the undo list and the layout of
/// a text field, in regular expressions, in the clipboard; and the keychain library's. They go back
/// to the heap as they are, and last until something else is written there: no core dump is made of
/// this process, and no other may read its memory.
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

/// `text` with "[redacted]" in place of the token, of its parts between dots, and of every run of
/// twelve or more characters that the token has, too; parts that are too short to be secret stay.
[[nodiscard]] QString redacted(QString text, const AccessToken &token);
/// The same in text of any encoding that has ASCII in it.
void redactBytes(QByteArray &bytes, const AccessToken &token);
/// Only the token and its parts, not every run: for long texts.
void redactParts(QByteArray &bytes, const AccessToken &token);

/// Fills the buffer with zeros, if nobody else holds it, and empties the value.
void overwrite(QString &text);
void overwrite(QByteArray &bytes);

} // namespace Jobsweep
