// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jsonbox.h"

#include "ui/plaintext.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace Jobsweep {

namespace {

constexpr qsizetype maximumShown = 256 * 1024;

QString readable(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    return QString::fromUtf8(document.isNull() ? json : document.toJson());
}

} // namespace

JsonBox::JsonBox(const QString &name, Redaction redact, QWidget *parent)
    : QWidget(parent), m_redact(std::move(redact)), m_text(new QPlainTextEdit),
      m_copy(new QPushButton(tr("Copy")))
{
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(name);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_copy->setAccessibleName(tr("Copy %1").arg(name));
    m_copy->setAutoDefault(false);
    m_copy->setEnabled(false);
    connect(m_copy, &QPushButton::clicked, this, &JsonBox::copy);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_text, 1);
    layout->addWidget(m_copy, 0, Qt::AlignRight);
}

void JsonBox::setJson(const QByteArray &json)
{
    if (json == m_json)
        return;
    m_json = json;
    m_isStale = true;
    m_copy->setEnabled(!json.isEmpty());
    if (isVisible())
        fill();
}

void JsonBox::showEvent(QShowEvent *event)
{
    fill();
    QWidget::showEvent(event);
}

void JsonBox::fill()
{
    if (std::exchange(m_isStale, false))
        m_text->setPlainText(visibleLines(readable(m_json), maximumShown));
}

void JsonBox::copy()
{
    QGuiApplication::clipboard()->setText(m_redact(readable(m_json)));
}

} // namespace Jobsweep
