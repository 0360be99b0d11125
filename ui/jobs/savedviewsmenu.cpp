// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/savedviewsmenu.h"

#include "ui/jobs/filterflow.h"
#include "ui/jobs/itwinpicker.h"
#include "ui/jobs/jobtable.h"
#include "ui/jobs/tablecolumns.h"
#include "ui/jobs/viewname.h"
#include "ui/plaintext.h"

#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

/// Longest name in the menu, in characters.
constexpr qsizetype maximumName = 40;

QString inMenu(const QString &name)
{
    return visibleText(name, maximumName).replace(u'&', u"&&"_s);
}

QStringList namesOf(const QList<SavedView> &views)
{
    QStringList names;
    for (const SavedView &view : views)
        names.append(view.name);
    return names;
}

} // namespace

SavedViewsMenu::SavedViewsMenu(Core &core, FilterFlow &filters, JobTable &table, QWidget &window)
    : QObject(&window), m_core(core), m_filters(filters), m_table(table), m_window(window),
      m_menu(new QMenu(tr("Saved Vie&ws"), &window)), m_views(core.settings.savedViews())
{
    connect(m_menu, &QMenu::aboutToShow, this, &SavedViewsMenu::fill);
    fill();
}

void SavedViewsMenu::fill()
{
    m_menu->clear();
    addStarters();
    if (!m_views.isEmpty())
        m_menu->addSeparator();
    addSaved();
    m_menu->addSeparator();
    addWhatCanBeDone();
}

void SavedViewsMenu::addStarters()
{
    const auto add = [this](const QString &text, const JobQuery &query) {
        QAction *action = m_menu->addAction(text, this, [this, query] { showStarter(query); });
        action->setCheckable(true);
        action->setChecked(m_current.isEmpty() && !isModified({.query = query}));
    };
    add(tr("&My Drafts"), {});
    add(tr("Drafts &Older Than %Ln Days", nullptr, oldDays),
        {.created = {.olderThanDays = oldDays}});
    m_menu->addAction(tr("Drafts of an &iTwin…"), this, &SavedViewsMenu::askForITwin);
}

void SavedViewsMenu::addSaved()
{
    for (const SavedView &view : std::as_const(m_views)) {
        const bool isCurrent = view.name == m_current;
        const QString text = isCurrent && isModified(view)
            ? tr("%1 (modified)", "name of a view").arg(inMenu(view.name))
            : inMenu(view.name);
        QAction *action = m_menu->addAction(text, this, [this, view] { show(view); });
        action->setCheckable(true);
        action->setChecked(isCurrent);
    }
}

void SavedViewsMenu::addWhatCanBeDone()
{
    m_menu->addAction(tr("&Save View…"), this, &SavedViewsMenu::saveAs);
    const auto view = current();
    if (!view)
        return;
    const QString name = inMenu(view->name);
    m_menu->addAction(tr("Save &Changes to “%1”").arg(name), this, &SavedViewsMenu::saveChanges)
        ->setEnabled(isModified(*view));
    m_menu->addAction(tr("&Rename “%1”…").arg(name), this, &SavedViewsMenu::rename);
    m_menu->addAction(tr("&Delete “%1”…").arg(name), this, &SavedViewsMenu::askToDelete);
}

SavedView SavedViewsMenu::now() const
{
    SavedView view = m_filters.view();
    view.columns = columnsOf(m_table);
    return view;
}

std::optional<SavedView> SavedViewsMenu::current() const
{
    for (const SavedView &view : m_views) {
        if (view.name == m_current)
            return view;
    }
    return {};
}

bool SavedViewsMenu::isModified(const SavedView &view) const
{
    SavedView shown = now();
    if (!view.columns)
        shown.columns.reset();
    return !view.showsTheSame(shown);
}

void SavedViewsMenu::showStarter(const JobQuery &query)
{
    m_current.clear();
    m_filters.show({.query = query});
}

void SavedViewsMenu::show(const SavedView &view)
{
    m_current = view.name;
    if (view.columns)
        showColumns(m_table, *view.columns);
    m_filters.show(view);
    const ITwins &iTwins = m_core.iTwins;
    const auto isGone = [&iTwins](const QString &id) { return !iTwins.contains(id); };
    // As long as no names have arrived nobody knows.
    if (!iTwins.all().isEmpty() && std::ranges::any_of(view.query.iTwinIds, isGone)) {
        emit message(tr("The view “%1” is about an iTwin that no longer exists, or that you have "
                        "no access to any more.")
                         .arg(visibleText(view.name, maximumName)));
    }
}

void SavedViewsMenu::askForITwin()
{
    auto *picker = new ITwinPicker(m_core.iTwins.all(), {}, &m_window);
    picker->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_core.connection, &Connection::addressChanged, picker, &QDialog::reject);
    connect(picker, &QDialog::accepted, this,
            [this, picker] { showStarter({.iTwinIds = picker->chosen()}); });
    picker->open();
}

void SavedViewsMenu::saveAs()
{
    auto *question = new ViewName(tr("Save View"), tr("Save"), namesOf(m_views), &m_window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question, &QDialog::accepted, this, [this, question] {
        SavedView view = now();
        view.name = question->name();
        QList<SavedView> views = m_views;
        views.append(view);
        store(views, view.name);
    });
    question->open();
}

void SavedViewsMenu::saveChanges()
{
    QList<SavedView> views = m_views;
    for (SavedView &view : views) {
        if (view.name != m_current)
            continue;
        view = now();
        view.name = m_current;
    }
    store(views, m_current);
}

void SavedViewsMenu::rename()
{
    QStringList others = namesOf(m_views);
    others.removeAll(m_current);
    auto *question = new ViewName(tr("Rename View"), tr("Rename"), others, &m_window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setName(m_current);
    connect(question, &QDialog::accepted, this, [this, question] {
        QList<SavedView> views = m_views;
        for (SavedView &view : views) {
            if (view.name == m_current)
                view.name = question->name();
        }
        store(views, question->name());
    });
    question->open();
}

void SavedViewsMenu::askToDelete()
{
    auto *box = new QMessageBox(QMessageBox::Question, tr("Delete View"),
                                tr("Delete the view “%1”?").arg(visibleText(m_current)),
                                QMessageBox::Cancel, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(tr("Only the view goes; the jobs in it stay."));
    const QPushButton *remove = box->addButton(tr("Delete View"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(remove, &QPushButton::clicked, this, [this] {
        QList<SavedView> views = m_views;
        views.removeIf([this](const SavedView &view) { return view.name == m_current; });
        store(views, {});
    });
    box->open();
}

void SavedViewsMenu::store(const QList<SavedView> &views, const QString &current)
{
    m_views = views;
    m_current = current;
    m_core.settings.setSavedViews(views);
}

} // namespace Jobsweep
