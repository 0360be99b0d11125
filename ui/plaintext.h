// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Text that came from the service, made harmless and visible. Every widget that shows foreign text
// gets it through here.

#include <QString>

class QLabel;
class QWidget;

namespace Jobsweep {

/// Longest foreign text in a table cell, a label or a dialog line, in characters.
inline constexpr qsizetype maximumShownLength = 200;

/// Control characters, bidi controls, zero-width characters, variation selectors (but for the one
/// that makes an emoji of a symbol), line separators, noncharacters and lone surrogates as `\u{…}`;
/// cut at `maximum` characters with an ellipsis; runs of combining marks are cut, too.
[[nodiscard]] QString visibleText(const QString &foreign, qsizetype maximum = maximumShownLength);

/// The same for text with several lines, in a read-only box: line breaks and tabs stay.
[[nodiscard]] QString visibleLines(const QString &foreign, qsizetype maximum);

/// `foreign` made visible and isolated, so that its direction does not disturb the sentence it is
/// put into (U+2068 … U+2069).
[[nodiscard]] QString isolated(const QString &foreign);

/// Longest word that is not broken, in letters of which wide ones count twice; an id fits.
inline constexpr int longestWord = 40;

/// `text` with places for line breaks (U+200B) in words that are too long: a label is as wide as
/// its longest word, and must not push the window around. Made visible before, not after.
[[nodiscard]] QString breakable(const QString &text, int longest = longestWord);

/// For tool tips and message boxes, which guess at rich text: made visible, breakable and
/// HTML-escaped.
[[nodiscard]] QString escapedForRichText(const QString &foreign);

/// A label that shows what it gets as plain text only; the one way to make a label.
[[nodiscard]] QLabel *makePlainLabel(const QString &text = {});

/// The same on one line, as the caption of `field`.
[[nodiscard]] QLabel *makeCaption(const QString &text, QWidget *field);

/// In place of what is not there: `hint` says why, or how to see more.
[[nodiscard]] QLabel *makeHintLabel(const QString &hint = {});

/// A page with nothing on it but `hint`, which says how to see more.
[[nodiscard]] QWidget *makeHintPage(const QString &hint);

} // namespace Jobsweep
