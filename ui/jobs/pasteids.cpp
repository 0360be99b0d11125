// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/pasteids.h"

#include "ui/accessibility.h"
#include "ui/plaintext.h"
#include "ui/valuelabel.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace Jobsweep {

namespace {

/// A line of the field holds an id and something beside it.
constexpr int charactersOfField = 60;
constexpr int linesOfField = 12;

} // namespace

PasteIds::PasteIds(const QString &text, QWidget *parent)
    : QDialog(parent), m_isCut(text.size() > maximumLength), m_text(new QPlainTextEdit),
      m_recognized(new ValueLabel(tr("Recognized ids")))
{
    setWindowTitle(tr("Paste Job Ids"));
    setAccessibleName(windowTitle());
    setModal(true);

    m_text->setAccessibleName(tr("Job Ids"));
    m_text->setPlaceholderText(tr("Paste or type ids here"));
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTabChangesFocus(true);
    m_text->setMinimumSize(charactersOfField * m_text->fontMetrics().averageCharWidth(),
                           linesOfField * m_text->fontMetrics().lineSpacing());
    QLabel *hint = makePlainLabel(
        tr("A list of job ids: a column, a CSV table, JSON, or any text with ids in it. The jobs "
           "are looked up whoever created them."));
    hint->setWordWrap(true);
    hint->setBuddy(m_text);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_lookUp = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        emit chosen(m_found.ids);
        accept();
    });

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_recognized);
    layout->addWidget(buttons);
    letTabReachFirstButton(*buttons);
    // Only now: before, it has no dialog that it could be the default of.
    m_lookUp->setDefault(true);
    m_text->setPlainText(text.left(maximumLength));
    connect(m_text, &QPlainTextEdit::textChanged, this, &PasteIds::showRecognized);
    showRecognized();
    (m_found.ids.isEmpty() ? static_cast<QWidget *>(m_text) : m_lookUp)->setFocus();
}

void PasteIds::showRecognized()
{
    m_found = idsIn(m_text->toPlainText());
    const auto count = static_cast<int>(m_found.ids.size());
    m_recognized->setValue(sentence());
    m_lookUp->setEnabled(count > 0);
    m_lookUp->setText(count == 0       ? tr("Look Up Jobs")
                          : count == 1 ? tr("Look Up 1 Job")
                                       : tr("Look Up %Ln Jobs", nullptr, count));
}

QString PasteIds::sentence() const
{
    const auto count = static_cast<int>(m_found.ids.size());
    QStringList parts{count == 0       ? tr("No job id is recognized.")
                          : count == 1 ? tr("1 job id is recognized.")
                                       : tr("%Ln job ids are recognized.", nullptr, count)};
    if (m_found.duplicates == 1)
        parts.append(tr("1 repetition is left out."));
    else if (m_found.duplicates > 1)
        parts.append(tr("%Ln repetitions are left out.", nullptr, m_found.duplicates));
    if (m_found.notUnderstood == 1)
        parts.append(tr("1 line or word is not understood."));
    else if (m_found.notUnderstood > 1)
        parts.append(tr("%Ln lines or words are not understood.", nullptr, m_found.notUnderstood));
    if (m_isCut)
        parts.append(tr("The text was too long, so its end is missing."));
    return parts.join(u' ');
}

} // namespace Jobsweep
