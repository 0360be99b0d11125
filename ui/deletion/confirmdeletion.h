// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The question before jobs are deleted. Shows exactly what will go and what will not; nothing is
// deleted without its answer. Show it with open().

#include "jobs/job.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace Jobsweep {

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

    /// For example "api.bentley.com".
    QString host;
    /// Name or e-mail address of the account; empty when it is not known.
    QString account;
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

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QWidget *makeHeadline() const;
    [[nodiscard]] QTreeWidget *makeList() const;
    [[nodiscard]] QWidget *makeFacts() const;
    [[nodiscard]] QWidget *makeNumberField();
    [[nodiscard]] QWidget *makeButtons();
    void checkNumber();
    void confirm();

    DeletionQuestion m_question;
    int m_count;
    /// nullptr when no number is asked for.
    QLineEdit *m_number = nullptr;
    QPushButton *m_delete = nullptr;
    QPushButton *m_cancel = nullptr;
    bool m_isConfirmed = false;
};

} // namespace Jobsweep
