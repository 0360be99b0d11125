// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QObject;
class QString;

namespace Jobsweep {

/// Shows the file in the desktop's file manager, selected there if the desktop can do that
/// (org.freedesktop.FileManager1), or else its folder. Does not wait; nothing happens any more once
/// `context` is gone.
void showInFolder(const QString &fileName, QObject *context);

} // namespace Jobsweep
