// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What assistive programs are told beyond what Qt tells them by itself.
//
// On Linux, Qt 6.4 passes QAccessible::Alert on to nobody. What a screen reader reads out wherever
// the focus is, is a notification that comes to be shown.

#include <QString>

class QDialogButtonBox;
class QWidget;

namespace Jobsweep {

/// A part of a window with a name, which is read out as the focus enters it. For a widget whose
/// class has no meaning of its own, before anything asks for its role.
void nameGroup(QWidget *widget, const QString &name);

/// A part of a window that is read out as soon as it is shown; as above.
void nameNotification(QWidget *widget, const QString &name);

/// Has a notification that is shown already read out again, because it says something else now.
void readOutAgain(QWidget *notification);

/// Lets Tab come to the first button of the box as well, which Qt 6.4 passes over when the control
/// before the box has a part of its own. After the last button was added.
void letTabReachFirstButton(QDialogButtonBox &box);

} // namespace Jobsweep
