// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobwording.h"

#include <QWidget>

#include <functional>

class QLabel;
class QStackedLayout;
class QToolButton;

namespace Jobsweep {

class FactGrid;
class JsonBox;
class ValueLabel;
class VerticalScrollArea;

/// Shows one job whole, or a sentence in its place. What stays the same from one job to the next is
/// not built anew.
class JobPanel final : public QWidget
{
    Q_OBJECT

public:
    /// Takes the token out of text that leaves the program; see RestClient::redact().
    using Redaction = std::function<QString(const QString &)>;

    explicit JobPanel(Redaction redact, QWidget *parent = nullptr);

    /// `definition` is Job::definition. Begins at the top again when it is another job's.
    void setJob(const QByteArray &definition, const JobNames &names, const QDateTime &now);
    /// What became of the job that is shown, above its facts; gone with the next setJob().
    void setNote(const QString &sentence);
    /// Why no job is shown.
    void setHint(const QString &sentence);

private:
    [[nodiscard]] QWidget *makeJobPage(Redaction redact);
    void showFacts(const QList<JobFactGroup> &groups);
    [[nodiscard]] bool hasSameNames(const QList<JobFactGroup> &groups) const;
    void setRawShown(bool isShown);

    JobDetails m_details;
    QByteArray m_definition;
    QList<JobFactGroup> m_groups;
    /// One for each fact, in order.
    QList<ValueLabel *> m_values;
    QStackedLayout *m_pages;
    QLabel *m_hint;
    QLabel *m_note = nullptr;
    ValueLabel *m_title = nullptr;
    FactGrid *m_facts = nullptr;
    QToolButton *m_rawToggle = nullptr;
    JsonBox *m_raw = nullptr;
    VerticalScrollArea *m_scroll = nullptr;
};

} // namespace Jobsweep
