// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The question before deleted drafts are created again, and then their progress and what became of
// each. Nothing is sent before its answer. Show it with open().

#include "deletion/recreation.h"
#include "ui/deletion/errorpanel.h"

#include <QDialog>
#include <QTimer>

#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace Jobsweep {

/// What the dialog is about, frozen when it is asked.
struct CreationQuestion
{
    /// Not empty. Those that cannot be created are named apart.
    QList<DeletedDraft> drafts;
    /// For example "api.bentley.com".
    QString host;
    /// See accountName(); empty when it is not known.
    QString account;
};

class CreateAgain final : public QDialog
{
    Q_OBJECT

public:
    /// So many rows are shown at once, and so many impossible jobs named; more scroll or are
    /// counted.
    static constexpr int maximumShown = 10;

    /// `recreation` is not started yet. `clock` must outlive the dialog.
    CreateAgain(const CreationQuestion &question, std::unique_ptr<Recreation> recreation,
                Clock &clock, ErrorPanel::Redaction redact, QWidget *parent = nullptr);
    ~CreateAgain() override;

    /// Whether jobs are being created now.
    [[nodiscard]] bool isRunning() const;
    /// While jobs are being created, Escape and closing stop it; the dialog stays until it ended.
    void reject() override;

signals:
    /// It ended, and the service has these jobs now; once, not with an empty list.
    void created(const QList<Jobsweep::JobId> &ids);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void sortOut();
    void build();
    [[nodiscard]] QTreeWidget *makeTable();
    [[nodiscard]] QWidget *makeFacts();
    [[nodiscard]] QWidget *makeImpossible();
    [[nodiscard]] QWidget *makeProgress();
    [[nodiscard]] QWidget *makeButtons();
    [[nodiscard]] QString createdBeforeText() const;
    void begin();
    void showResult(int index);
    void showStatus();
    void showEnd();
    void showSelectedError();

    CreationQuestion m_question;
    std::unique_ptr<Recreation> m_recreation;
    Clock &m_clock;
    QTimer m_tick;

    struct Possible
    {
        DeletedDraft draft;
        JobCreation creation;
    };
    struct Impossible
    {
        QString name;
        QList<CreationObstacle> obstacles;
    };
    QList<Possible> m_possible;
    QList<Impossible> m_impossible;

    QLabel *m_headline = nullptr;
    QTreeWidget *m_table = nullptr;
    QWidget *m_facts = nullptr;
    QWidget *m_progress = nullptr;
    QProgressBar *m_bar = nullptr;
    QLabel *m_status = nullptr;
    ErrorPanel *m_error = nullptr;
    QPushButton *m_create = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_cancel = nullptr;
};

} // namespace Jobsweep
