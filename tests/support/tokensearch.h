// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QSet>

namespace Jobsweep::Testing {

/// Finds a token, or a part of it, in any bytes: as it is in UTF-8 and UTF-16, in base64 and
/// base64url at each of the three offsets, percent-encoded, in hexadecimal. As it is, any twelve
/// characters in sequence are a hit; in an encoding, any twenty-four.
class TokenSearch final
{
public:
    explicit TokenSearch(const QByteArray &token);

    /// The first forms are the plain ones; each can be planted to prove that it is found.
    struct Form
    {
        QByteArray name;
        QByteArray bytes;
    };
    [[nodiscard]] const QList<Form> &forms() const { return m_forms; }

    /// How many of the token's windows and encoded pieces are in `bytes`.
    [[nodiscard]] int hits(const QByteArray &bytes) const;
    /// The first of them with what is around it; for the message of a test.
    [[nodiscard]] QByteArray where(const QByteArray &bytes) const;

    static constexpr qsizetype window = 12;

private:
    void addForms(const QByteArray &name, const QByteArray &text);
    [[nodiscard]] int plainHits(const QByteArray &bytes, qsizetype *first) const;

    QSet<QByteArray> m_windows;
    QList<QByteArray> m_pieces;
    QList<Form> m_forms;
};

} // namespace Jobsweep::Testing
