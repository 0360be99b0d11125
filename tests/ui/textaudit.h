// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Looks at what the program shows as a person would: is a foreign text there as it came, as text
// and not as markup, with nothing hidden, and not too long?

#include "tests/support/hostiletexts.h"
#include "ui/plaintext.h"

#include <QStringList>

class QAction;
class QWidget;

namespace Jobsweep::Testing {

/// Collects what is wrong instead of ending the test at the first; counts what it looked at.
class TextAudit final
{
public:
    /// One line for each finding, the first hundred.
    [[nodiscard]] const QStringList &problems() const { return m_problems; }
    void forgetProblems() { m_problems.clear(); }

    /// `shown` is drawn as plain text and has `foreign` in it.
    void plain(const QString &surface, const HostileText &foreign, const QString &shown,
               qsizetype maximum = maximumShownLength);
    /// The same for a box of several lines.
    void lines(const QString &surface, const HostileText &foreign, const QString &shown,
               qsizetype maximum);
    /// `toolTip` is shown by Qt, which guesses whether it is markup.
    void toolTip(const QString &surface, const HostileText &foreign, const QString &toolTip,
                 qsizetype maximum = maximumShownLength);
    /// The label of a menu's entry or a button: of ampersands it shows every second.
    void mnemonic(const QString &surface, const HostileText &foreign, const QString &label,
                  qsizetype maximum = maximumShownLength);
    /// Everything that the widgets of the program hold now: no text that Qt would take for markup,
    /// and none with something hidden in it.
    void everyWidget(const QString &when);

    void print(const char *what, qsizetype texts) const;

private:
    void add(const QString &surface, const QString &what, const QString &shown);
    void harmless(const QString &surface, const QString &shown);
    void markup(const QString &surface, const QString &toolTip);
    void widget(const QString &when, const QWidget &widget);
    void action(const QString &when, const QAction &action);

    QStringList m_problems;
    int m_looks = 0;
    int m_markups = 0;
};

/// What Qt shows of a text that it guesses about: of markup what is left when it is laid out.
[[nodiscard]] QString asShown(const QString &guessed);
/// Without the places for line breaks and the marks of direction that the program puts in.
[[nodiscard]] QString withoutOwnMarks(const QString &shown);
/// A label of a menu's entry without its mnemonic.
[[nodiscard]] QString withoutMnemonic(const QString &label);

} // namespace Jobsweep::Testing
