// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/itwins.h"

#include <QDialog>

class QLabel;
class QListView;
class QPushButton;
class QSortFilterProxyModel;
class QStandardItemModel;

namespace Jobsweep {

class SearchField;

/// Asks for iTwins by name: type a part of it, check one or several. Return without a check takes
/// the one under the cursor. accepted() follows when there is a choice.
class ITwinPicker final : public QDialog
{
    Q_OBJECT

public:
    /// Ids in `chosen` that are none of `iTwins` are offered, too.
    ITwinPicker(const QList<ITwin> &iTwins, const QStringList &chosen, QWidget *parent = nullptr);

    /// In the order of the list, also those that the search hides.
    [[nodiscard]] QStringList chosen() const;

    void accept() override;

private:
    void addITwin(const ITwin &iTwin, bool isChosen);
    void layOut();
    void narrow(const QString &text);
    void showChoice();

    QStandardItemModel *m_iTwins;
    QSortFilterProxyModel *m_found;
    SearchField *m_search;
    QListView *m_list;
    QLabel *m_count;
    QPushButton *m_accept = nullptr;
};

} // namespace Jobsweep
