// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/textaudit.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QStatusBar>
#include <QTabBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextEdit>

#include <algorithm>
#include <cstdio>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

namespace {

constexpr qsizetype mostProblems = 100;
/// Sentences around a foreign text, too.
constexpr qsizetype longestAround = 400;
constexpr int mostMarksInARow = 5;
constexpr QChar firstStrongIsolate(0x2068);
constexpr QChar popDirectionalIsolate(0x2069);
constexpr QChar zeroWidthSpace(0x200B);

bool isOrdinary(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c >= u' ' && c <= u'~'; });
}

/// An ordinary text as it is, and not by the program's own means.
QString expected(const QString &foreign, qsizetype maximum)
{
    return isOrdinary(foreign) && foreign.size() <= maximum ? foreign
                                                            : visibleText(foreign, maximum);
}

/// Remembers whether it was asked for something to load.
class WatchedDocument final : public QTextDocument
{
public:
    QStringList asked;

protected:
    QVariant loadResource(int /*type*/, const QUrl &name) override
    {
        asked.append(name.toString());
        return {};
    }
};

bool hasFormat(const QTextCharFormat &format)
{
    return format.isAnchor() || format.isImageFormat() || format.isTableFormat()
        || format.fontWeight() > QFont::Normal || format.fontItalic()
        || format.hasProperty(QTextFormat::ForegroundBrush)
        || format.hasProperty(QTextFormat::BackgroundBrush)
        || format.hasProperty(QTextFormat::FontSizeAdjustment);
}

/// What of a laid out markup is more than text, or empty.
QString richPartOf(const QString &html)
{
    WatchedDocument document;
    document.setHtml(html);
    // Images are asked for when they are laid out.
    document.setTextWidth(500);
    static_cast<void>(document.size());
    if (!document.asked.isEmpty())
        return u"loads "_s % document.asked.constFirst();
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (block.textList() != nullptr || block.blockFormat().headingLevel() > 0)
            return u"has a list or heading"_s;
        for (auto fragment = block.begin(); !fragment.atEnd(); ++fragment) {
            if (hasFormat(fragment.fragment().charFormat()))
                return u"has formatted text"_s;
        }
    }
    return document.rootFrame()->childFrames().isEmpty() ? QString() : u"has a table"_s;
}

/// Whether somebody could not see that it is there. The variation that makes an emoji of the symbol
/// before it is seen.
bool isHidden(uint character, uint previous)
{
    const bool isEmoji = character == 0xFE0F && QChar::category(previous) == QChar::Symbol_Other;
    if (character == U'\n' || character == U'\t' || isEmoji)
        return false;
    const bool isVariation = (character >= 0xFE00 && character <= 0xFE0F)
        || (character >= 0xE0000 && character <= 0xE0FFF);
    if (isVariation || QChar::isNonCharacter(character))
        return true;
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

/// QMessageBox makes it, and knows no format for it.
bool isInformative(const QLabel &label)
{
    return label.objectName() == "qt_msgbox_informativelabel"_L1;
}

} // namespace

QString asShown(const QString &guessed)
{
    if (!Qt::mightBeRichText(guessed))
        return guessed;
    QTextDocument document;
    document.setHtml(guessed);
    return document.toPlainText();
}

QString withoutOwnMarks(const QString &shown)
{
    QString text = shown;
    text.removeIf([](QChar c) {
        return c == firstStrongIsolate || c == popDirectionalIsolate || c == zeroWidthSpace;
    });
    return text;
}

QString withoutMnemonic(const QString &label)
{
    QString text;
    for (qsizetype i = 0; i < label.size(); ++i) {
        if (label.at(i) == u'&')
            ++i;
        if (i < label.size())
            text.append(label.at(i));
    }
    return text;
}

void TextAudit::plain(const QString &surface, const HostileText &foreign, const QString &shown,
                      qsizetype maximum)
{
    ++m_looks;
    const QString where = surface % u", "_s % foreign.name;
    harmless(where, shown);
    if (shown.contains(u'\n') && foreign.text.contains(u'\n'))
        add(where, u"breaks the line"_s, shown);
    if (!withoutOwnMarks(shown).contains(expected(foreign.text, maximum)))
        add(where, u"is not there as it came"_s, shown);
    if (shown.size() > maximum + longestAround)
        add(where, u"is too long"_s, shown);
}

void TextAudit::lines(const QString &surface, const HostileText &foreign, const QString &shown,
                      qsizetype maximum)
{
    ++m_looks;
    const QString where = surface % u", "_s % foreign.name;
    harmless(where, shown);
    if (isOrdinary(foreign.text) && !shown.contains(foreign.text))
        add(where, u"is not there as it came"_s, shown);
    if (shown.size() > maximum)
        add(where, u"is too long"_s, shown);
}

void TextAudit::toolTip(const QString &surface, const HostileText &foreign, const QString &toolTip,
                        qsizetype maximum)
{
    const QString where = surface % u", "_s % foreign.name;
    markup(where, toolTip);
    if (Qt::mightBeRichText(toolTip)) {
        // A sentence in a tool tip may lose spaces.
        HostileText spaced{foreign.name, expected(foreign.text, maximum)};
        spaced.text = spaced.text.simplified();
        plain(surface, spaced, asShown(toolTip).simplified(), maximum + 16);
    } else {
        plain(surface, foreign, toolTip, maximum);
    }
}

void TextAudit::mnemonic(const QString &surface, const HostileText &foreign, const QString &label,
                         qsizetype maximum)
{
    plain(surface, foreign, withoutMnemonic(label), maximum);
}

void TextAudit::everyWidget(const QString &when)
{
    const auto widgets = QApplication::allWidgets();
    for (const QWidget *one : widgets)
        widget(when, *one);
}

void TextAudit::print(const char *what, qsizetype texts) const
{
    std::printf("%s: %lld hostile texts, %d looks at where they are shown, %d rendered as markup\n",
                what, static_cast<long long>(texts), m_looks, m_markups);
    std::fflush(stdout);
}

void TextAudit::add(const QString &surface, const QString &what, const QString &shown)
{
    if (m_problems.size() < mostProblems)
        m_problems.append(surface % u" "_s % what % u": "_s % visibleText(shown, 300));
}

void TextAudit::harmless(const QString &surface, const QString &shown)
{
    int marks = 0;
    uint previous = 0;
    const QList<uint> characters = withoutOwnMarks(shown).toUcs4();
    for (const uint character : characters) {
        marks = QChar::isMark(character) ? marks + 1 : 0;
        const bool hides = isHidden(character, std::exchange(previous, character));
        if (hides || marks > mostMarksInARow) {
            add(surface, hides ? u"hides something"_s : u"is a storm"_s, shown);
            return;
        }
    }
    // A surrogate alone would have become a replacement above.
    for (qsizetype i = 0; i < shown.size(); ++i) {
        if (!shown.at(i).isSurrogate())
            continue;
        if (!shown.at(i).isHighSurrogate() || i + 1 == shown.size()
            || !shown.at(++i).isLowSurrogate()) {
            add(surface, u"has half a character"_s, shown);
            return;
        }
    }
}

void TextAudit::markup(const QString &surface, const QString &toolTip)
{
    if (!Qt::mightBeRichText(toolTip))
        return;
    if (const QString rich = richPartOf(toolTip); !rich.isEmpty()) {
        ++m_markups;
        add(surface, rich, toolTip);
    }
}

void TextAudit::action(const QString &when, const QAction &action)
{
    const QString where = when % u", action"_s;
    harmless(where, action.text());
    harmless(where, action.statusTip());
    // Without one of its own, a menu shows none.
    if (action.toolTip() != withoutMnemonic(action.text()))
        markup(where, action.toolTip());
}

void TextAudit::widget(const QString &when, const QWidget &widget)
{
    const QString where = when % u", "_s % QString::fromLatin1(widget.metaObject()->className())
        % u" "_s % widget.accessibleName();
    markup(where, widget.toolTip());
    for (const QString &text :
         {asShown(widget.toolTip()), widget.windowTitle(), widget.accessibleName(),
          widget.accessibleDescription(), widget.statusTip()})
        harmless(where, text);
    if (qobject_cast<const QTextEdit *>(&widget) != nullptr) {
        ++m_markups;
        add(where, u"can show markup"_s, {});
    }
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        if (label->textFormat() == Qt::PlainText) {
            harmless(where, label->text());
        } else if (isInformative(*label) || label->inherits("QTipLabel")) {
            markup(where, label->text());
            harmless(where, asShown(label->text()));
        } else if (!label->text().isEmpty()) {
            ++m_markups;
            add(where, u"is a label that guesses about markup"_s, label->text());
        }
    }
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        harmless(where, button->text());
    if (const auto *bar = qobject_cast<const QStatusBar *>(&widget))
        harmless(where, bar->currentMessage());
    if (const auto *box = qobject_cast<const QComboBox *>(&widget)) {
        for (int i = 0; i < box->count(); ++i)
            harmless(where, box->itemText(i));
    }
    const auto actions = widget.actions();
    for (const QAction *one : actions)
        action(when, *one);
}

} // namespace Jobsweep::Testing
