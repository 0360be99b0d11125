// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Shows one ApiError whole: what happened, why, what to do, and beneath it everything the service
// said, complete and copyable.

#include "http/clock.h"
#include "ui/errorwording.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedLayout;
class QTableWidget;

namespace Jobsweep {

class FactGrid;
class ValueLabel;

class ErrorPanel final : public QWidget
{
    Q_OBJECT

public:
    /// Takes the token out of text that leaves the program; see RestClient::redact().
    using Redaction = std::function<QString(const QString &)>;

    /// `clock` must outlive the panel.
    ErrorPanel(Clock &clock, Redaction redact, QWidget *parent = nullptr);

    /// `jobName` is foreign text; empty when the error is not about a job.
    void setError(const ApiError &error, Occasion occasion, const QString &jobName);
    /// When the pause that the service asked for ends; counted down in the panel. Nothing when
    /// there is no pause.
    void setContinuesAt(std::optional<Instant> instant);
    /// Back to the empty state.
    void clear();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    [[nodiscard]] QWidget *makeErrorPage();
    [[nodiscard]] QWidget *makeScrolledContent();
    void clearFacts();
    void showFacts(const ApiError &error, const QString &jobName);
    void showCauses(const ApiError &error);
    void fitCauses();
    void updateCountdown();
    void updateTimer();
    void copyReport();

    Clock &m_clock;
    Redaction m_redact;
    QTimer m_tick;
    std::optional<Instant> m_continuesAt;
    std::optional<ApiError> m_error;
    Occasion m_occasion = Occasion::Deleting;

    QStackedLayout *m_pages = nullptr;
    QLabel *m_what = nullptr;
    QLabel *m_serviceReason = nullptr;
    QLabel *m_why = nullptr;
    QLabel *m_whatToDo = nullptr;
    FactGrid *m_facts = nullptr;
    /// Only while an error with a wait is shown.
    ValueLabel *m_countdown = nullptr;
    QLabel *m_causesCaption = nullptr;
    QTableWidget *m_causes = nullptr;
    QLabel *m_rawCaption = nullptr;
    QPlainTextEdit *m_raw = nullptr;
    QPushButton *m_copy = nullptr;
};

} // namespace Jobsweep
