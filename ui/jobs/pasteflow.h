// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core.h"

#include <QObject>

class QAction;
class QMimeData;
class QPushButton;

namespace Jobsweep {

class JobTableProxy;
class ValueLabel;

/// From "Paste Job Ids…", or a text or file that is dropped, to a list of those jobs alone, and
/// from there back to the query that was shown before.
class PasteFlow final : public QObject
{
    Q_OBJECT

public:
    /// The references must outlive this object; `window` is its parent and that of what it opens.
    PasteFlow(Core &core, const JobTableProxy &proxy, QWidget &window);

    /// The window puts it into its menu.
    [[nodiscard]] QAction *action() const { return m_action; }
    /// Says what the list has come to and leads back; shown only while a pasted list is.
    [[nodiscard]] QWidget *bar() const { return m_bar; }
    void acceptDropsOn(QWidget *place);

    bool eventFilter(QObject *place, QEvent *event) override;

signals:
    void queryWanted(const Jobsweep::JobQuery &query);
    /// For the status bar.
    void message(const QString &sentence);

private:
    void setUpBar();
    void open(const QString &text);
    void list(const QList<JobId> &ids);
    void goBack();
    void copyFailed();
    void update();
    [[nodiscard]] QString sentence() const;
    /// Those of the list that could not be looked up.
    [[nodiscard]] QStringList failedIds() const;

    Core &m_core;
    const JobTableProxy &m_proxy;
    QWidget &m_window;
    QAction *m_action;
    QWidget *m_bar;
    ValueLabel *m_text;
    QPushButton *m_copyFailed;
    /// What goBack() goes back to.
    JobQuery m_before;
};

} // namespace Jobsweep
