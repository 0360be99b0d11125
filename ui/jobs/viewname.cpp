// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/viewname.h"

#include "ui/accessibility.h"
#include "ui/plaintext.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace Jobsweep {

ViewName::ViewName(const QString &title, const QString &button, const QStringList &taken,
                   QWidget *parent)
    : QDialog(parent), m_taken(taken), m_name(new QLineEdit), m_problem(makePlainLabel())
{
    setWindowTitle(title);
    m_name->setAccessibleName(tr("Name of the view"));
    m_name->setMaxLength(maximumLength);
    m_name->setMinimumWidth(maximumLength * 2 / 3 * fontMetrics().averageCharWidth());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_accept = buttons->addButton(button, QDialogButtonBox::AcceptRole);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(makeCaption(tr("Name of the view"), m_name));
    layout->addWidget(m_name);
    layout->addWidget(m_problem);
    layout->addStretch();
    layout->addWidget(buttons);
    letTabReachFirstButton(*buttons);
    // Only now: before, it has no dialog that it could be the default of.
    m_accept->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &ViewName::judge);
    judge();
}

void ViewName::setName(const QString &name)
{
    m_name->setText(name);
    m_name->selectAll();
}

QString ViewName::name() const
{
    return m_name->text().simplified();
}

void ViewName::judge()
{
    const bool isTaken = m_taken.contains(name());
    m_problem->setText(isTaken ? tr("There is a view of this name already.") : QString());
    m_accept->setEnabled(!isTaken && !name().isEmpty());
}

} // namespace Jobsweep
