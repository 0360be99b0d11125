// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QString;

namespace Jobsweep {

class AccessToken;

/// Empties the clipboard and the primary selection where they have the token, alone or within other
/// text, whoever put it there.
void clearClipboardOf(const AccessToken &token);

/// Empties the primary selection if it came from this program and is a part of `text`: selecting a
/// token that is shown puts it there, although nobody asked for a copy.
void dropSelectionOf(const QString &text);

} // namespace Jobsweep
