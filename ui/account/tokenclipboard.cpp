// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/tokenclipboard.h"

#include "http/accesstoken.h"

#include <QClipboard>
#include <QGuiApplication>

namespace Jobsweep {

void clearClipboardOf(const AccessToken &token)
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    for (const auto mode : {QClipboard::Clipboard, QClipboard::Selection}) {
        const bool exists = mode == QClipboard::Clipboard || clipboard->supportsSelection();
        const QString text = exists ? clipboard->text(mode) : QString();
        if (redacted(text, token) != text)
            clipboard->clear(mode);
    }
}

void dropSelectionOf(const QString &text)
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    if (!clipboard->supportsSelection() || !clipboard->ownsSelection())
        return;
    const QString selected = clipboard->text(QClipboard::Selection);
    if (!selected.isEmpty() && text.contains(selected))
        clipboard->clear(QClipboard::Selection);
}

} // namespace Jobsweep
