// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyleOption>

#include <functional>

class QPaintEvent;
class QTableView;

namespace Jobsweep {

/// Paints the cells of a table whose rows are selected as a whole. QTableView::paintEvent() asks
/// the selection model for every single cell, which takes a tenth of a second when tens of
/// thousands of rows are selected here and there; this asks once for each row that is in view.
/// `option` is what the view's initViewItemOption() made. For tables without a grid and without
/// spans.
void paintRows(const QTableView &table, const QPaintEvent &event,
               const QStyleOptionViewItem &option, const std::function<bool(int)> &isSelected);

} // namespace Jobsweep
