// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tokensearch.h"

#include <QString>

namespace Jobsweep::Testing {

namespace {

constexpr qsizetype pieceLength = 24;
constexpr qsizetype base64Group = 3;

QByteArray utf16(const QByteArray &text)
{
    const QString wide = QString::fromLatin1(text);
    return {reinterpret_cast<const char *>(wide.constData()),
            wide.size() * static_cast<qsizetype>(sizeof(QChar))};
}

QByteArray percentEncoded(const QByteArray &text)
{
    QByteArray result;
    for (const char character : text)
        result += '%' + QByteArray(1, character).toHex().toUpper();
    return result;
}

/// What of the base64 of a longer text depends on `text` alone, when so many bytes are before it.
QByteArray base64Within(const QByteArray &text, qsizetype offset)
{
    const QByteArray whole = QByteArray(offset, '.') + text;
    const qsizetype end = whole.size() / base64Group * base64Group;
    const QByteArray encoded = whole.first(end).toBase64();
    return offset == 0 ? encoded : encoded.sliced(4);
}

/// Every second byte: UTF-16 in either order becomes what it says.
QByteArray everySecond(const QByteArray &bytes, qsizetype first)
{
    QByteArray result;
    result.reserve(bytes.size() / 2 + 1);
    for (qsizetype at = first; at < bytes.size(); at += 2)
        result += bytes.at(at);
    return result;
}

} // namespace

TokenSearch::TokenSearch(const QByteArray &token)
{
    for (qsizetype at = 0; at + window <= token.size(); ++at)
        m_windows.insert(token.mid(at, window));
    addForms("token", token);
    const QList<QByteArray> parts = token.split('.');
    for (qsizetype part = 0; part < parts.size(); ++part)
        addForms("part " + QByteArray::number(part), parts.at(part));
    // A window in the middle of the signature, which is the secret itself.
    m_forms.append({"window", parts.constLast().mid(parts.constLast().size() / 2, window)});
    for (qsizetype at = 0; at + pieceLength <= token.size(); ++at) {
        const QByteArray piece = token.mid(at, pieceLength);
        m_pieces.append(piece.toHex());
        m_pieces.append(piece.toHex().toUpper());
        m_pieces.append(percentEncoded(piece));
        m_pieces.append(percentEncoded(piece).toLower());
        for (qsizetype offset = 0; offset < base64Group; ++offset)
            m_pieces.append(base64Within(piece, offset));
    }
}

void TokenSearch::addForms(const QByteArray &name, const QByteArray &text)
{
    m_forms.append({name + " in UTF-8", text});
    m_forms.append({name + " in UTF-16", utf16(text)});
    m_forms.append({name + " in hexadecimal", text.toHex()});
    m_forms.append({name + " in capital hexadecimal", text.toHex().toUpper()});
    m_forms.append({name + " percent-encoded", percentEncoded(text)});
    for (qsizetype offset = 0; offset < base64Group; ++offset) {
        const QByteArray whole = QByteArray(offset, '.') + text;
        const QByteArray at = name + " in base64 at " + QByteArray::number(offset);
        m_forms.append({at, whole.toBase64()});
        m_forms.append({at + ", for addresses", whole.toBase64(QByteArray::Base64UrlEncoding)});
    }
}

int TokenSearch::plainHits(const QByteArray &bytes, qsizetype *first) const
{
    int hits = 0;
    for (qsizetype at = 0; at + window <= bytes.size(); ++at) {
        const auto view = QByteArray::fromRawData(bytes.constData() + at, window);
        if (m_windows.contains(view)) {
            if (hits++ == 0)
                *first = at;
        }
    }
    return hits;
}

int TokenSearch::hits(const QByteArray &bytes) const
{
    qsizetype first = 0;
    int hits = plainHits(bytes, &first);
    hits += plainHits(everySecond(bytes, 0), &first);
    hits += plainHits(everySecond(bytes, 1), &first);
    // One alphabet of base64 is enough.
    QByteArray encoded = bytes;
    encoded.replace('-', '+').replace('_', '/');
    for (const QByteArray &piece : m_pieces)
        hits += encoded.contains(piece) ? 1 : 0;
    return hits;
}

QByteArray TokenSearch::where(const QByteArray &bytes) const
{
    constexpr qsizetype around = 60;
    qsizetype first = -1;
    if (plainHits(bytes, &first) == 0 && plainHits(everySecond(bytes, 0), &first) == 0)
        return "in an encoding";
    return "at " + QByteArray::number(first) + ": "
        + bytes.mid(qMax(qsizetype{0}, first - around), 2 * around).toPercentEncoding(" {}:,\"'");
}

} // namespace Jobsweep::Testing
