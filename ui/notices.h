// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/noticechoice.h"

#include <QObject>

namespace Jobsweep {

/// Watches what notices are about. Show notice() in a NoticeBar and hand its triggered() to
/// perform().
class Notices final : public QObject
{
    Q_OBJECT

public:
    /// `core` must outlive this object.
    explicit Notices(Core &core, QObject *parent = nullptr);

    [[nodiscard]] const std::optional<Notice> &notice() const { return m_notice; }
    void perform(NoticeAction action);

signals:
    /// notice() changed.
    void changed();
    void tokenWanted();
    /// The person wants the listing again.
    void retryWanted();
    /// The person wants to see what did not go.
    void problemsWanted();
    /// The person wants to see what an interrupted deletion left over.
    void reviewWanted();

private:
    /// How long before its end a token is news.
    static constexpr std::chrono::minutes tokenEndWarning{10};

    void followToken();
    void watchQueue();
    void watchLister();
    void dismiss();
    void update();
    [[nodiscard]] NoticeFacts facts() const;

    Core &m_core;
    DeletionQueue &m_queue;
    std::optional<RunSummary> m_finished;
    int m_undone = 0;
    /// Of the token that was looked at last.
    QDateTime m_tokenEndsAt;
    std::optional<Instant> m_tokenEnd;
    bool m_isTokenEndPutOff = false;
    bool m_isReviewPutOff = false;
    bool m_isListedAgainPutOff = false;
    bool m_isKeychainPutOff = false;
    bool m_isAlarmDismissed = false;
    std::optional<Notice> m_notice;
};

} // namespace Jobsweep
