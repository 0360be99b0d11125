// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace Jobsweep {

/// A sentence with an icon beneath what it is about; invisible while it has nothing to say.
class InlineNote final : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Plain, Good, Warning, Problem };

    explicit InlineNote(QWidget *parent = nullptr);

    /// Has what is said from now on read out as a notification of this name. Before anything asks
    /// for the role of the note.
    void setReadOut(const QString &name);

    /// An empty text hides the note.
    void say(Kind kind, const QString &text);
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateIcon();

    QLabel *m_icon;
    QLabel *m_text;
    Kind m_kind = Kind::Plain;
    bool m_isReadOut = false;
};

} // namespace Jobsweep
