// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plaintext.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

/// No script stacks more marks on one letter; more are there to paint over the neighbours.
constexpr int maximumMarksInARow = 4;
constexpr QChar ellipsis(0x2026);
constexpr QChar firstStrongIsolate(0x2068);
constexpr QChar popDirectionalIsolate(0x2069);

enum class Lines { Escaped, Kept };

struct Range
{
    char32_t first;
    char32_t last;
};

/// Letters, marks and symbols by category, or not assigned, and blank on the screen: Unicode's
/// Default_Ignorable_Code_Point, and what is drawn as nothing beside it. Nobody sees what is
/// written with variation selectors, and Qt takes the object replacement character for a picture.
constexpr std::array blanks{
    Range{0x034F, 0x034F}, Range{0x115F, 0x1160}, Range{0x17B4, 0x17B5}, Range{0x180B, 0x180F},
    Range{0x2065, 0x2065}, Range{0x2800, 0x2800}, Range{0x3164, 0x3164}, Range{0xFE00, 0xFE0F},
    Range{0xFFA0, 0xFFA0}, Range{0xFFF0, 0xFFF8}, Range{0xFFFC, 0xFFFC}, Range{0xE0000, 0xE0FFF},
};

bool isInvisible(char32_t character)
{
    // Qt's documents take some of them for the ends of their own parts.
    if (QChar::isNonCharacter(character))
        return true;
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        break;
    }
    return std::ranges::any_of(blanks, [character](const Range &range) {
        return character >= range.first && character <= range.last;
    });
}

/// The colourful form of the symbol before it: as good as every keyboard writes it.
bool makesEmoji(char32_t character, char32_t previous)
{
    constexpr char32_t emojiPresentation = 0xFE0F;
    return character == emojiPresentation && QChar::category(previous) == QChar::Symbol_Other;
}

bool isPrintableAscii(QChar character)
{
    return character >= u' ' && character <= u'~';
}

/// In average letters, roughly.
int lengthOf(QChar character)
{
    constexpr QStringView wideOnes = u"mwMW@%&";
    constexpr char16_t lastOfLatin = 0x024F;
    return wideOnes.contains(character) || character.unicode() > lastOfLatin ? 2 : 1;
}

QString shown(char32_t character, char32_t previous, Lines lines)
{
    const bool keeps = lines == Lines::Kept && (character == U'\n' || character == U'\t');
    if (isInvisible(character) && !keeps && !makesEmoji(character, previous))
        return u"\\u{"_s % QString::number(character, 16).toUpper() % u'}';
    return QString::fromUcs4(&character, 1);
}

/// Collects pieces that are never cut in the middle, up to a length.
class BoundedText
{
public:
    explicit BoundedText(qsizetype maximum) : m_maximum(std::max<qsizetype>(maximum, 1)) { }

    [[nodiscard]] bool append(const QString &piece)
    {
        if (m_text.size() + piece.size() > m_maximum) {
            m_text.truncate(m_placeForEllipsis);
            m_text.append(ellipsis);
            return false;
        }
        m_text.append(piece);
        if (m_text.size() < m_maximum)
            m_placeForEllipsis = m_text.size();
        return true;
    }

    [[nodiscard]] const QString &text() const { return m_text; }

private:
    QString m_text;
    qsizetype m_maximum;
    qsizetype m_placeForEllipsis = 0;
};

QString madeVisible(const QString &foreign, qsizetype maximum, Lines lines)
{
    // Nearly all text is of this kind, and tables ask for it with every repaint.
    if (foreign.size() <= maximum && std::ranges::all_of(foreign, isPrintableAscii))
        return foreign;

    BoundedText bounded(maximum);
    int marks = 0;
    char32_t previous = 0;
    for (qsizetype i = 0; i < foreign.size(); ++i) {
        char32_t character = foreign.at(i).unicode();
        const bool isPair = foreign.at(i).isHighSurrogate() && i + 1 < foreign.size()
            && foreign.at(i + 1).isLowSurrogate();
        if (isPair) {
            character = QChar::surrogateToUcs4(foreign.at(i), foreign.at(i + 1));
            ++i;
        }
        if (lines == Lines::Kept && character == U'\r' && foreign.mid(i + 1, 1) == u"\n"_s)
            continue;

        marks = QChar::isMark(character) ? marks + 1 : 0;
        if (marks > maximumMarksInARow + 1)
            continue;
        const bool tooMany = marks == maximumMarksInARow + 1;
        if (!bounded.append(tooMany ? QString(ellipsis) : shown(character, previous, lines)))
            break;
        previous = character;
    }
    return bounded.text();
}

} // namespace

QString visibleText(const QString &foreign, qsizetype maximum)
{
    return madeVisible(foreign, maximum, Lines::Escaped);
}

QString visibleLines(const QString &foreign, qsizetype maximum)
{
    return madeVisible(foreign, maximum, Lines::Kept);
}

QString isolated(const QString &foreign)
{
    return firstStrongIsolate % visibleText(foreign) % popDirectionalIsolate;
}

QString breakable(const QString &text, int longest)
{
    constexpr QChar zeroWidthSpace(0x200B);
    QString result;
    result.reserve(text.size());
    int wordLength = 0;
    for (const QChar character : text) {
        const bool isPlace = character.isSpace() || character == zeroWidthSpace;
        const bool mayBreak = !isPlace && !character.isMark() && !character.isLowSurrogate();
        const int length = lengthOf(character);
        if (wordLength + length > longest && wordLength > 0 && mayBreak) {
            result.append(zeroWidthSpace);
            wordLength = 0;
        }
        result.append(character);
        wordLength = isPlace ? 0 : wordLength + length;
    }
    return result;
}

QString escapedForRichText(const QString &foreign)
{
    // The tag makes the receiver's guess certain: "A &amp; B" alone would be taken for plain text.
    return u"<span style=\"white-space:pre-wrap\">"_s
        % breakable(visibleText(foreign)).toHtmlEscaped() % u"</span>"_s;
}

QLabel *makePlainLabel(const QString &text)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setWordWrap(true);
    label->setText(text);
    return label;
}

QLabel *makeCaption(const QString &text, QWidget *field)
{
    QLabel *caption = makePlainLabel(text);
    caption->setWordWrap(false);
    caption->setTextInteractionFlags(Qt::NoTextInteraction);
    // Beside its field, however much room there is.
    caption->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    caption->setBuddy(field);
    return caption;
}

QLabel *makeHintLabel(const QString &hint)
{
    QLabel *label = makePlainLabel(hint);
    label->setAlignment(Qt::AlignCenter);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QWidget *makeHintPage(const QString &hint)
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->addWidget(makeHintLabel(hint));
    return page;
}

} // namespace Jobsweep
