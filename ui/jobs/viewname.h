// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

class QLabel;
class QLineEdit;
class QPushButton;

namespace Jobsweep {

/// Asks for a name that no other view has. accepted() follows when name() is one.
class ViewName final : public QDialog
{
    Q_OBJECT

public:
    static constexpr int maximumLength = 60;

    /// `button` is the verb of what happens then.
    ViewName(const QString &title, const QString &button, const QStringList &taken,
             QWidget *parent = nullptr);

    void setName(const QString &name);
    [[nodiscard]] QString name() const;

private:
    void judge();

    QStringList m_taken;
    QLineEdit *m_name;
    QLabel *m_problem;
    QPushButton *m_accept;
};

} // namespace Jobsweep
