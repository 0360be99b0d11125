// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/filterflow.h"

#include "ui/filterwording.h"
#include "ui/jobs/filterbar.h"
#include "ui/jobs/filterchips.h"
#include "ui/jobs/itwinpicker.h"
#include "ui/jobs/jobtable.h"
#include "ui/jobs/jobtableproxy.h"
#include "ui/jobs/listingflow.h"
#include "ui/jobs/morefilters.h"

#include <QAction>
#include <QMap>
#include <QMenu>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

/// More values of one column have a chip together.
constexpr int chipsOfColumn = 5;

} // namespace

FilterFlow::FilterFlow(const Parts &parts, QObject *parent) : QObject(parent), m_parts(parts)
{
    connect(&parts.bar, &FilterBar::searchChanged, this, &FilterFlow::setSearch);
    connect(&parts.bar, &FilterBar::queryChanged, this, &FilterFlow::setQuery);
    connect(&parts.bar, &FilterBar::iTwinsWanted, this, &FilterFlow::chooseITwins);
    connect(&parts.more, &MoreFilters::queryChanged, this, &FilterFlow::setQuery);
    connect(&parts.showMore, &QAction::toggled, this, [this](bool shown) {
        m_parts.more.setVisible(shown);
        m_parts.core.settings.setShowsMoreFilters(shown);
    });
    parts.showMore.setChecked(parts.core.settings.showsMoreFilters());
    parts.more.setVisible(parts.showMore.isChecked());
    connect(&parts.chips, &FilterChips::removeRequested, this, [this](int index) {
        // A copy: it replaces the chips, itself among them.
        const auto remove = m_chips.at(static_cast<size_t>(index)).remove;
        remove();
    });
    connect(&parts.chips, &FilterChips::clearRequested, this, &FilterFlow::clearChips);
    connect(&parts.chips, &FilterChips::focusLeft, &parts.table,
            [&table = parts.table] { table.setFocus(); });
    connect(&parts.table, &JobTable::menuAboutToShow, this, &FilterFlow::addToMenu);
    connect(&parts.core.connection, &Connection::addressChanged, this,
            &FilterFlow::forgetForeignValues);
    connect(&parts.core.iTwins, &ITwins::changed, this, [this] {
        m_parts.bar.setITwins(m_parts.core.iTwins.all());
        updateChips();
    });
}

void FilterFlow::setQuery(const JobQuery &query)
{
    take(query, m_parts.proxy.valueFilters());
}

SavedView FilterFlow::view() const
{
    SavedView view{
        .query = m_parts.proxy.query(), .values = m_parts.proxy.valueFilters(), .search = m_search};
    view.query.ids.clear();
    return view;
}

void FilterFlow::show(const SavedView &view)
{
    m_search = view.search;
    m_parts.bar.showSearch(view.search);
    take(view.query, view.values);
}

void FilterFlow::restoreQuery(const JobQuery &query)
{
    showQuery(query);
    m_parts.proxy.setQuery(query, m_parts.core.clock.utc());
    updateChips();
}

void FilterFlow::showQuery(const JobQuery &query)
{
    m_parts.bar.setQuery(query);
    m_parts.more.setQuery(query);
}

void FilterFlow::chooseITwins()
{
    auto *picker = new ITwinPicker(m_parts.core.iTwins.all(), m_parts.proxy.query().iTwinIds,
                                   m_parts.table.window());
    picker->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_parts.core.connection, &Connection::addressChanged, picker, &QDialog::reject);
    connect(picker, &QDialog::accepted, this, [this, picker] {
        JobQuery query = m_parts.proxy.query();
        query.iTwinIds = picker->chosen();
        setQuery(query);
    });
    picker->open();
}

void FilterFlow::setValueFilters(const QList<ValueFilter> &filters)
{
    const int before = selected();
    m_parts.proxy.setValueFilters(filters);
    sayHidden(before);
}

void FilterFlow::showDrafts(const SummaryFilter &filter)
{
    QList<ValueFilter> values = m_parts.proxy.valueFilters();
    values.removeIf([&filter](const ValueFilter &one) { return one.column == filter.column; });
    JobQuery query = m_parts.proxy.query();
    query.state = JobState::Unsubmitted;
    const bool isByTime = filter.createdFrom.isValid() || filter.createdBefore.isValid();
    if (isByTime) {
        query.created = {.after = filter.createdFrom, .before = filter.createdBefore};
    } else {
        const bool isWithoutTime = filter.column == JobModel::Column::Created;
        const QStringList wanted = isWithoutTime ? QStringList{QString()} : filter.values;
        for (const QString &value : wanted)
            values.append({filter.column, ValueFilter::Kind::Only, value});
    }
    take(query, values);
}

void FilterFlow::clearAll()
{
    show({.query = {.state = {}}});
}

/// What the chips stand for; the state and the iTwins are seen in the bar, a pasted list beneath.
void FilterFlow::clearChips()
{
    const JobQuery &query = m_parts.proxy.query();
    show({.query = {.iTwinIds = query.iTwinIds, .state = query.state, .ids = query.ids}});
}

bool FilterFlow::isNarrowed() const
{
    return m_parts.proxy.isSearching() || !m_parts.proxy.valueFilters().isEmpty();
}

void FilterFlow::updateMatches()
{
    const Core &core = m_parts.core;
    m_parts.chips.setMatches(Wording::matches(m_parts.proxy.rowCount(), core.jobs.rowCount(),
                                              core.lister.state() == JobLister::State::Loading));
}

void FilterFlow::setSearch(const QString &text)
{
    m_search = text.simplified();
    const int before = selected();
    m_parts.proxy.setSearch(text);
    sayHidden(before);
}

void FilterFlow::take(const JobQuery &query, const QList<ValueFilter> &values)
{
    const Core &core = m_parts.core;
    const int before = selected();
    showQuery(query);
    // A pasted list is for now, and leads back to what was shown before it.
    if (!core.connection.isForSessionOnly() && query.ids.isEmpty())
        core.settings.setQuery(query);
    m_parts.proxy.setFilters(query, core.clock.utc(), values, m_search);
    const int left = selected();
    m_parts.listing.listWhatIsMissing();
    if (selected() < left) {
        updateChips();
        emit message(Wording::lostSelection(before - selected()));
        emit changed();
        return;
    }
    sayHidden(before);
}

void FilterFlow::forgetForeignValues()
{
    // What was chosen among one service's jobs means nothing to another.
    setValueFilters({});
    if (m_parts.core.connection.isForSessionOnly())
        restoreQuery({.state = m_parts.proxy.query().state});
}

void FilterFlow::addToMenu(QMenu *menu, const QModelIndex &cell)
{
    const auto column = static_cast<JobModel::Column>(cell.column());
    if (column == JobModel::Column::Delete)
        return;
    menu->addSeparator();
    for (const auto kind : {ValueFilter::Kind::Only, ValueFilter::Kind::Not}) {
        const ValueFilter filter{
            .column = column,
            .kind = kind,
            .value = filterValue(m_parts.proxy.jobAt(cell.row()), column),
        };
        const QString text = Wording::filterAction(filter, m_parts.core.iTwins);
        menu->addAction(QString(text).replace(u'&', u"&&"_s), this, [this, filter] {
            setValueFilters(withValueFilter(m_parts.proxy.valueFilters(), filter));
        });
    }
}

std::vector<FilterFlow::Chip> FilterFlow::chips()
{
    std::vector<Chip> chips;
    if (m_parts.proxy.isSearching()) {
        chips.push_back(
            {Wording::searchChip(m_search), [&bar = m_parts.bar] { bar.clearSearch(); }});
    }
    addQueryChips(&chips);
    addValueChips(&chips);
    return chips;
}

void FilterFlow::addValueChips(std::vector<Chip> *chips)
{
    const auto removeThose = [this](const auto &isOne) {
        QList<ValueFilter> others = m_parts.proxy.valueFilters();
        others.removeIf(isOne);
        setValueFilters(others);
    };
    QMap<JobModel::Column, int> only;
    for (const ValueFilter &filter : m_parts.proxy.valueFilters())
        only[filter.column] += filter.kind == ValueFilter::Kind::Only ? 1 : 0;
    for (const ValueFilter &filter : m_parts.proxy.valueFilters()) {
        const bool isOnly = filter.kind == ValueFilter::Kind::Only;
        if (!isOnly || only.value(filter.column) <= chipsOfColumn) {
            chips->push_back(
                {Wording::filterChip(filter, m_parts.core.iTwins), [removeThose, filter] {
                     removeThose([&filter](const auto &one) { return one == filter; });
                 }});
        }
    }
    for (auto column = only.cbegin(); column != only.cend(); ++column) {
        if (column.value() <= chipsOfColumn)
            continue;
        chips->push_back({Wording::valuesChip(column.key(), column.value()),
                          [removeThose, which = column.key()] {
                              removeThose([which](const ValueFilter &one) {
                                  return one.column == which && one.kind == ValueFilter::Kind::Only;
                              });
                          }});
    }
}

void FilterFlow::addQueryChips(std::vector<Chip> *chips)
{
    const JobQuery &query = m_parts.proxy.query();
    const auto add = [this, chips](const QString &text, void (*forget)(JobQuery & query)) {
        if (text.isEmpty())
            return;
        chips->push_back({text, [this, forget] {
                              JobQuery wider = m_parts.proxy.query();
                              forget(wider);
                              setQuery(wider);
                          }});
    };
    add(Wording::typesChip(query), [](JobQuery &one) { one.types.clear(); });
    add(Wording::createdChip(query.created), [](JobQuery &one) { one.created = {}; });
    add(Wording::nameChip(query), [](JobQuery &one) { one.name.clear(); });
    add(Wording::createdByChip(query), [](JobQuery &one) { one.createdBy.clear(); });
}

void FilterFlow::updateChips()
{
    m_chips = chips();
    QStringList texts;
    for (const Chip &chip : m_chips)
        texts.append(chip.text);
    updateMatches();
    m_parts.chips.setChips(texts);
}

void FilterFlow::sayHidden(int selectedBefore)
{
    updateChips();
    if (const int hidden = selectedBefore - selected(); hidden > 0)
        emit message(Wording::hiddenSelection(hidden, selected()));
    emit changed();
}

int FilterFlow::selected() const
{
    return m_parts.table.selectedCount();
}

} // namespace Jobsweep
