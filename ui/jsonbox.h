// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QWidget>

#include <functional>

class QPlainTextEdit;
class QPushButton;

namespace Jobsweep {

/// JSON to read, indented, with a button that copies it. Text that is no JSON is shown as it came.
class JsonBox final : public QWidget
{
    Q_OBJECT

public:
    /// Takes the token out of text that leaves the program; see RestClient::redact().
    using Redaction = std::function<QString(const QString &)>;

    /// `name` is the accessible name of the text.
    JsonBox(const QString &name, Redaction redact, QWidget *parent = nullptr);

    void setJson(const QByteArray &json);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fill();
    void copy();

    Redaction m_redact;
    QByteArray m_json;
    /// Nobody has seen m_json yet, and laying it out takes time.
    bool m_isStale = false;
    QPlainTextEdit *m_text;
    QPushButton *m_copy;
};

} // namespace Jobsweep
