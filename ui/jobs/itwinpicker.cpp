// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/itwinpicker.h"

#include "ui/accessibility.h"
#include "ui/plaintext.h"
#include "ui/searchfield.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr int idRole = Qt::UserRole;
/// What the search looks in.
constexpr int searchedRole = Qt::UserRole + 1;
/// In average characters, and in lines.
constexpr QSize firstSize{56, 24};

} // namespace

ITwinPicker::ITwinPicker(const QList<ITwin> &iTwins, const QStringList &chosen, QWidget *parent)
    : QDialog(parent), m_iTwins(new QStandardItemModel(this)),
      m_found(new QSortFilterProxyModel(this)), m_search(new SearchField), m_list(new QListView),
      m_count(makePlainLabel())
{
    setWindowTitle(tr("Choose iTwins"));
    for (const ITwin &iTwin : iTwins)
        addITwin(iTwin, chosen.contains(iTwin.id, Qt::CaseInsensitive));
    for (const QString &id : chosen) {
        const bool isKnown = std::ranges::any_of(iTwins, [&id](const ITwin &iTwin) {
            return iTwin.id.compare(id, Qt::CaseInsensitive) == 0;
        });
        if (!isKnown)
            addITwin({.id = id, .displayName = {}, .number = {}}, true);
    }
    m_found->setSourceModel(m_iTwins);
    m_found->setFilterRole(searchedRole);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_found);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setAccessibleName(tr("iTwins"));
    m_search->setAccessibleName(tr("Search iTwins"));
    m_search->setPlaceholderText(tr("Part of the name or number…"));
    layOut();
    connect(m_search, &SearchField::searchChanged, this, &ITwinPicker::narrow);
    connect(m_iTwins, &QStandardItemModel::itemChanged, this, &ITwinPicker::showChoice);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ITwinPicker::showChoice);
    narrow({});
}

void ITwinPicker::addITwin(const ITwin &iTwin, bool isChosen)
{
    const QString name = visibleText(iTwin.displayName.isEmpty() ? iTwin.id : iTwin.displayName);
    const QString number = visibleText(iTwin.number);
    auto *item
        = new QStandardItem(number.isEmpty() || number == name
                                ? name
                                : tr("%1 (%2)", "an iTwin's name, its number").arg(name, number));
    item->setCheckable(true);
    item->setCheckState(isChosen ? Qt::Checked : Qt::Unchecked);
    item->setToolTip(escapedForRichText(iTwin.id));
    item->setData(iTwin.id, idRole);
    item->setData(QString(iTwin.displayName % u'\n' % iTwin.number % u'\n' % iTwin.id),
                  searchedRole);
    m_iTwins->appendRow(item);
}

void ITwinPicker::layOut()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_accept = buttons->addButton(tr("Show Jobs"), QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_count);
    layout->addWidget(buttons);
    letTabReachFirstButton(*buttons);
    // Only now: before, it has no dialog that it could be the default of.
    m_accept->setDefault(true);
    resize(firstSize.width() * fontMetrics().averageCharWidth(),
           firstSize.height() * fontMetrics().lineSpacing());
    m_search->setFocus();
}

QStringList ITwinPicker::chosen() const
{
    QStringList ids;
    for (int row = 0; row < m_iTwins->rowCount(); ++row) {
        if (m_iTwins->item(row)->checkState() == Qt::Checked)
            ids.append(m_iTwins->item(row)->data(idRole).toString());
    }
    return ids;
}

void ITwinPicker::accept()
{
    // Return in the field comes before its delay is over.
    narrow(m_search->text());
    const QModelIndex current = m_list->currentIndex();
    if (chosen().isEmpty() && current.isValid())
        m_found->setData(current, Qt::Checked, Qt::CheckStateRole);
    if (!chosen().isEmpty())
        QDialog::accept();
}

void ITwinPicker::narrow(const QString &text)
{
    m_found->setFilterFixedString(text.trimmed());
    if (!m_list->currentIndex().isValid() && m_found->rowCount() > 0)
        m_list->setCurrentIndex(m_found->index(0, 0));
    showChoice();
}

void ITwinPicker::showChoice()
{
    const auto count = static_cast<int>(chosen().size());
    if (m_iTwins->rowCount() == 0)
        m_count->setText(tr("The names of your iTwins have not arrived."));
    else if (m_found->rowCount() == 0)
        m_count->setText(tr("No iTwin has this in its name or number."));
    else if (count == 0)
        m_count->setText(tr("No iTwin is checked. Return takes the one that is highlighted."));
    else
        m_count->setText(count == 1 ? tr("1 iTwin is checked.")
                                    : tr("%Ln iTwins are checked.", nullptr, count));
    m_accept->setEnabled(count > 0 || m_list->currentIndex().isValid());
}

} // namespace Jobsweep
