// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The bar above the table that says the one thing a person should know now.

#include "http/clock.h"

#include <QFrame>
#include <QList>
#include <QTimer>

#include <optional>

class QHBoxLayout;
class QLabel;

namespace Jobsweep {

/// What a button of a notice is for; its label is made from this.
enum class NoticeAction {
    EnterToken,
    Pause,
    Resume,
    Undo,
    GoOnWithoutRecord,
    Review,
    Retry,
    Refresh,
    AskKeychain,
    ShowProblems,
    Dismiss,
};

struct Notice
{
    enum class Severity { Information, Warning, Danger };
    Severity severity = Severity::Information;
    /// A whole sentence of ours, or several.
    QString text;
    /// At most two.
    QList<NoticeAction> actions;
    /// The end of a wait, counted down after the text as `countdown`, a sentence with %1.
    std::optional<Instant> until;
    QString countdown;

    friend bool operator==(const Notice &, const Notice &) = default;
};

/// Hidden when there is nothing to say. Announces a new text to screen readers, but not each step
/// of a countdown.
class NoticeBar final : public QFrame
{
    Q_OBJECT

public:
    /// `clock` must outlive the bar.
    explicit NoticeBar(Clock &clock, QWidget *parent = nullptr);

    void setNotice(const std::optional<Notice> &notice);

signals:
    /// The button that had the focus goes, and no other takes its place.
    void focusLeft();
    void triggered(Jobsweep::NoticeAction action);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] static QString labelOf(NoticeAction action);
    [[nodiscard]] int edgeWidth() const;
    [[nodiscard]] QColor edgeColor() const;
    void applyMargins();
    void updateIcon();
    void rebuildActions();
    void updateCountdown();

    Clock &m_clock;
    QTimer m_tick;
    std::optional<Notice> m_notice;
    QLabel *m_icon;
    QLabel *m_text;
    QHBoxLayout *m_layout;
    QHBoxLayout *m_actions;
};

} // namespace Jobsweep

Q_DECLARE_METATYPE(Jobsweep::NoticeAction)
