// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The question before jobs are deleted. Shows exactly what will go and what will not; nothing is
// deleted without its answer. Show it with open().

#include "deletion/historyrecords.h"
#include "http/tier.h"

#include <QDialog>

#include <chrono>
#include <optional>

class QLineEdit;
class QPushButton;
class QTreeWidget;
class QVBoxLayout;

namespace Jobsweep {

class DeletionPreview;

/// Everything the dialog says, frozen when it is asked: a later refresh does not change it.
struct DeletionQuestion
{
    struct Draft
    {
        JobId id;
        /// Foreign text, as are iTwinName and account.
        QString name;
        QDateTime created;
        QString iTwinName;
    };
    /// What will be deleted; not empty.
    QList<Draft> drafts;

    struct LeftOut
    {
        Obstacle obstacle = Obstacle::AlreadySubmitted;
        int count = 0;
    };
    /// Selected jobs that cannot be deleted, counted by the reason.
    QList<LeftOut> leftOut;
    /// Selected jobs that are in a deletion already.
    int alreadyBeingDeleted = 0;

    /// For example "https://api.bentley.com", and its host alone.
    QString origin;
    QString host;
    /// See accountName(); empty when it is not known.
    QString account;

    /// When the deletion was confirmed that was interrupted before it came to these jobs; invalid
    /// when nothing was interrupted.
    QDateTime interruptedAt;
    /// Why the history cannot record anything, if it cannot.
    std::optional<HistoryFailure> recordFailure;
    /// For that reason, or because the run that these jobs join is not recorded.
    bool isUnrecorded = false;
    /// The time to undo.
    std::chrono::seconds hold{0};
    /// The tier whose limits hold; nothing while it is not known.
    std::optional<Tier> tier;
    /// How long the requests will take; nothing while nobody can tell.
    std::optional<std::chrono::milliseconds> duration;
    /// How long the token works; nothing when it does not say.
    std::optional<std::chrono::milliseconds> tokenLeft;
};

class ConfirmDeletion final : public QDialog
{
    Q_OBJECT

public:
    /// So many jobs are named, the rest is counted.
    static constexpr int maximumNamed = 10;
    /// Above this many, the number must be typed.
    static constexpr int maximumUntyped = 50;

    explicit ConfirmDeletion(const DeletionQuestion &question, QWidget *parent = nullptr);

signals:
    /// The person agreed to delete these; at most once.
    void confirmed(const QList<Jobsweep::JobId> &ids);
    /// The person keeps the jobs that an interrupted deletion left over; instead of confirmed().
    void keepWanted(const QList<Jobsweep::JobId> &ids);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QString headline() const;
    [[nodiscard]] QWidget *makeHeadline() const;
    [[nodiscard]] QTreeWidget *makeList() const;
    [[nodiscard]] QWidget *makeFacts() const;
    [[nodiscard]] QString undoText() const;
    /// Whether the token ends before the deletion, as far as both are known.
    [[nodiscard]] bool outlastsToken() const;
    [[nodiscard]] QString tokenText() const;
    [[nodiscard]] QWidget *makeNumberField();
    [[nodiscard]] QWidget *makeButtons();
    void showPreview(bool isWanted);
    void checkNumber();
    [[nodiscard]] QList<JobId> ids() const;
    void confirm();

    DeletionQuestion m_question;
    int m_count;
    /// nullptr when no number is asked for.
    QLineEdit *m_number = nullptr;
    QVBoxLayout *m_previewPlace = nullptr;
    /// nullptr until it is wanted.
    DeletionPreview *m_preview = nullptr;
    QPushButton *m_delete = nullptr;
    QPushButton *m_cancel = nullptr;
    bool m_isConfirmed = false;
};

} // namespace Jobsweep
