// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/idlist.h"

#include <QDialog>

class QPlainTextEdit;
class QPushButton;

namespace Jobsweep {

class ValueLabel;

/// Shows a pasted or dropped text and how many job ids are recognized in it, before any of them is
/// looked up. Its answer is chosen(); then it closes.
class PasteIds final : public QDialog
{
    Q_OBJECT

public:
    /// Longer texts are cut off.
    static constexpr qsizetype maximumLength = 4 * 1024 * 1024;

    explicit PasteIds(const QString &text, QWidget *parent = nullptr);

signals:
    /// Never without ids.
    void chosen(const QList<Jobsweep::JobId> &ids);

private:
    void showRecognized();
    [[nodiscard]] QString sentence() const;

    IdList m_found;
    bool m_isCut = false;
    QPlainTextEdit *m_text;
    ValueLabel *m_recognized;
    QPushButton *m_lookUp;
};

} // namespace Jobsweep
