// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/pasteflow.h"

#include "ui/accessibility.h"
#include "ui/jobs/jobtableproxy.h"
#include "ui/jobs/pasteids.h"
#include "ui/plaintext.h"
#include "ui/valuelabel.h"

#include <QAction>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QStyle>
#include <QUrl>

namespace Jobsweep {

namespace {

bool mayHoldIds(const QMimeData *data)
{
    return data->hasText() || data->hasUrls();
}

/// The text itself, or that of the files.
QString textOf(const QMimeData *data)
{
    QString text;
    const QList<QUrl> urls = data->urls();
    for (const QUrl &url : urls) {
        QFile file(url.toLocalFile());
        if (url.isLocalFile() && file.open(QIODevice::ReadOnly))
            text += QString::fromUtf8(file.read(PasteIds::maximumLength)) + u'\n';
    }
    return text.isEmpty() ? data->text() : text;
}

} // namespace

PasteFlow::PasteFlow(Core &core, const JobTableProxy &proxy, QWidget &window)
    : QObject(&window), m_core(core), m_proxy(proxy), m_window(window),
      m_action(new QAction(tr("&Paste Job Ids…"), this)), m_bar(new QWidget),
      m_text(new ValueLabel(tr("What the pasted list has come to"))),
      m_copyFailed(new QPushButton(tr("Copy Failed Ids")))
{
    // A text field that has the focus keeps this shortcut for itself.
    m_action->setShortcut(QKeySequence::Paste);
    connect(m_action, &QAction::triggered, this,
            [this] { open(QGuiApplication::clipboard()->text()); });
    connect(&core.lister, &JobLister::stateChanged, this, &PasteFlow::update);
    connect(&core.lister, &JobLister::progressed, this, &PasteFlow::update);
    connect(&core.connection, &Connection::changed, this, &PasteFlow::update);
    // Another service has other jobs.
    connect(&core.connection, &Connection::addressChanged, this, [this] {
        if (!m_proxy.query().ids.isEmpty())
            goBack();
        update();
    });
    setUpBar();
    update();
}

void PasteFlow::setUpBar()
{
    nameGroup(m_bar, tr("Pasted list"));
    auto *back = new QPushButton(tr("Leave Pasted List"));
    connect(back, &QPushButton::clicked, this, &PasteFlow::goBack);
    auto *layout = new QHBoxLayout(m_bar);
    const int gap = m_bar->style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing) / 2;
    const int side = m_bar->style()->pixelMetric(QStyle::PM_LayoutLeftMargin);
    layout->setContentsMargins(side, gap, side, gap);
    m_copyFailed->setToolTip(
        tr("Copy the ids that could not be looked up, to try them again later"));
    connect(m_copyFailed, &QPushButton::clicked, this, &PasteFlow::copyFailed);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_copyFailed);
    layout->addWidget(back);
}

void PasteFlow::acceptDropsOn(QWidget *place)
{
    place->setAcceptDrops(true);
    place->installEventFilter(this);
}

bool PasteFlow::eventFilter(QObject *place, QEvent *event)
{
    const bool isDrag = event->type() == QEvent::DragEnter || event->type() == QEvent::Drop;
    if (!isDrag || !m_action->isEnabled())
        return QObject::eventFilter(place, event);
    auto *drop = static_cast<QDropEvent *>(event);
    if (!mayHoldIds(drop->mimeData()))
        return QObject::eventFilter(place, event);
    // What is dropped stays where it came from.
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (event->type() == QEvent::Drop)
        open(textOf(drop->mimeData()));
    return true;
}

void PasteFlow::open(const QString &text)
{
    auto *dialog = new PasteIds(text, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PasteIds::chosen, this, &PasteFlow::list);
    dialog->open();
}

void PasteFlow::list(const QList<JobId> &ids)
{
    if (m_proxy.query().ids.isEmpty())
        m_before = m_proxy.query();
    emit queryWanted({.state = {}, .ids = ids});
    update();
}

void PasteFlow::goBack()
{
    emit queryWanted(m_before);
    update();
}

void PasteFlow::copyFailed()
{
    const QStringList ids = failedIds();
    QGuiApplication::clipboard()->setText(ids.join(u'\n'));
    emit message(ids.size() == 1 ? tr("1 id copied.")
                                 : tr("%Ln ids copied.", nullptr, static_cast<int>(ids.size())));
}

QStringList PasteFlow::failedIds() const
{
    QStringList ids;
    for (const ListingFailure &failure : m_core.lister.failures()) {
        if (!failure.id.text.isEmpty())
            ids.append(failure.id.text);
    }
    return ids;
}

void PasteFlow::update()
{
    m_action->setEnabled(m_core.connection.hasToken());
    const bool isPasted = !m_proxy.query().ids.isEmpty();
    if (isPasted) {
        m_text->setValue(sentence());
        m_copyFailed->setVisible(!failedIds().isEmpty());
    }
    m_bar->setVisible(isPasted);
}

QString PasteFlow::sentence() const
{
    const JobLister &lister = m_core.lister;
    const auto count = static_cast<int>(m_proxy.query().ids.size());
    QStringList parts{count == 1 ? tr("Pasted list of 1 job:")
                                 : tr("Pasted list of %Ln jobs:", nullptr, count)};
    QStringList facts{tr("%Ln looked up", nullptr, lister.lookedUp())};
    if (lister.notFound() > 0)
        facts.append(tr("%Ln not found", nullptr, lister.notFound()));
    const auto failures = static_cast<int>(lister.failures().size());
    if (failures > 0)
        facts.append(tr("%Ln failed", nullptr, failures));
    parts.append(facts.join(tr(", ")));
    return parts.join(u' ');
}

} // namespace Jobsweep
