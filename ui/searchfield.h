// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QTimer>

#include <chrono>

namespace Jobsweep {

/// A line to search with, which waits until the person has stopped typing.
class SearchField final : public QLineEdit
{
    Q_OBJECT

public:
    /// Between the last key and searchChanged().
    static constexpr std::chrono::milliseconds searchDelay{150};

    explicit SearchField(QWidget *parent = nullptr);

    /// With everything chosen, so that typing replaces it.
    void takeFocus();
    /// Shows a text that is known already, without announcing it.
    void showText(const QString &text);

signals:
    /// Another text than last time; at once for an empty one and for Return.
    void searchChanged(const QString &text);
    /// The Down key; the search is announced before.
    void leftDownwards();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void announce();

    QTimer m_timer;
    QString m_announced;
};

} // namespace Jobsweep
