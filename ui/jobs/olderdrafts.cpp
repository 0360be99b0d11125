// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/olderdrafts.h"

#include "jobs/drafttraits.h"
#include "ui/accessibility.h"
#include "ui/jobs/jobtableproxy.h"
#include "ui/plaintext.h"
#include "ui/valuelabel.h"
#include "ui/wording.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace Jobsweep {

namespace {

/// A hundred years: older than any job.
constexpr int mostDays = 36'500;
constexpr std::chrono::milliseconds betweenCounts{100};

} // namespace

OlderDrafts::OlderDrafts(const JobTableProxy &proxy, const QDateTime &utcNow, int days,
                         QWidget *parent)
    : QDialog(parent), m_proxy(proxy), m_utcNow(utcNow), m_days(new QSpinBox),
      m_result(new ValueLabel(tr("What would be selected"))), m_counts(betweenCounts, this)
{
    setWindowTitle(tr("Select Old Drafts"));
    m_days->setRange(1, mostDays);
    m_days->setValue(days);
    m_days->setSuffix(tr(" days", "after a number"));
    m_days->setAccessibleName(tr("Age in days"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_select = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);

    auto *question = new QHBoxLayout;
    question->addWidget(makeCaption(tr("Drafts &older than"), m_days));
    question->addWidget(m_days);
    question->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(question);
    layout->addWidget(m_result);
    layout->addStretch();
    layout->addWidget(buttons);
    letTabReachFirstButton(*buttons);
    // Only now: before, it has no dialog that it could be the default of.
    m_select->setDefault(true);

    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_days, &QSpinBox::valueChanged, this, &OlderDrafts::count);
    const auto countSoon = [this] { m_counts.request(); };
    connect(&proxy, &QAbstractItemModel::rowsInserted, this, countSoon);
    connect(&proxy, &QAbstractItemModel::rowsRemoved, this, countSoon);
    connect(&proxy, &QAbstractItemModel::dataChanged, this, countSoon);
    connect(&proxy, &QAbstractItemModel::modelReset, this, countSoon);
    connect(&m_counts, &Throttle::due, this, &OlderDrafts::count);
    count();
    m_days->selectAll();
}

int OlderDrafts::days() const
{
    return m_days->value();
}

QDateTime OlderDrafts::createdBefore() const
{
    return daysBefore(m_utcNow, days());
}

void OlderDrafts::count()
{
    const QDateTime before = createdBefore();
    int drafts = 0;
    int old = 0;
    for (int row = 0; row < m_proxy.rowCount(); ++row) {
        if (!m_proxy.isDeletableAt(row))
            continue;
        ++drafts;
        old += wasCreatedBefore(m_proxy.jobAt(row), before) ? 1 : 0;
    }
    const QString all = drafts == 1 ? tr("1 draft") : tr("%Ln drafts", nullptr, drafts);
    m_result->setValue(tr("%1 of the %2 shown: created before %3.", "count, 4,000 drafts, time")
                           .arg(QLocale().toString(old), all, Wording::dateTime(before)));
    m_select->setText(old == 1 ? tr("Select 1 Draft") : tr("Select %Ln Drafts", nullptr, old));
    m_select->setEnabled(old > 0);
}

} // namespace Jobsweep
