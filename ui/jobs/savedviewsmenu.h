// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core.h"

#include <QObject>

class QMenu;

namespace Jobsweep {

class FilterFlow;
class JobTable;

/// The menu "Views": a few views to start with, those that the person saved, and what can be done
/// with the current one, which is marked and says when it was modified since.
class SavedViewsMenu final : public QObject
{
    Q_OBJECT

public:
    static constexpr int oldDays = 90;

    /// The references must outlive this object; `window` is its parent and that of its questions.
    SavedViewsMenu(Core &core, FilterFlow &filters, JobTable &table, QWidget &window);

    [[nodiscard]] QMenu *menu() const { return m_menu; }

signals:
    /// A sentence for the status bar.
    void message(const QString &sentence);

private:
    void fill();
    void addStarters();
    void addSaved();
    void addWhatCanBeDone();
    [[nodiscard]] SavedView now() const;
    [[nodiscard]] std::optional<SavedView> current() const;
    [[nodiscard]] bool isModified(const SavedView &view) const;
    void showStarter(const JobQuery &query);
    void show(const SavedView &view);
    void askForITwin();
    void saveAs();
    void saveChanges();
    void rename();
    void askToDelete();
    void store(const QList<SavedView> &views, const QString &current);

    Core &m_core;
    FilterFlow &m_filters;
    JobTable &m_table;
    QWidget &m_window;
    QMenu *m_menu;
    QList<SavedView> m_views;
    /// The name of the one that was chosen last; empty for none.
    QString m_current;
};

} // namespace Jobsweep
