// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exporttarget.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QStandardPaths>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ExportTarget)
};

QString endingOf(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv:
        return u"csv"_s;
    case ExportFormat::Json:
        return u"json"_s;
    }
    return {};
}

/// The name that was typed says it better than the filter that was left as it is.
ExportFormat formatOf(const QString &fileName, ExportFormat filtered)
{
    for (const ExportFormat format : {ExportFormat::Csv, ExportFormat::Json}) {
        if (fileName.endsWith(u'.' % endingOf(format), Qt::CaseInsensitive))
            return format;
    }
    return filtered;
}

} // namespace

void askForExportTarget(QWidget *parent, const ExportQuestion &question,
                        const std::function<void(const QString &, ExportFormat)> &chosen)
{
    const QString csv = Words::tr("CSV for spreadsheets (*.csv)");
    const QString json = Words::tr("JSON for programs (*.json)");
    const auto filtered = [json](const QString &filter) {
        return filter == json ? ExportFormat::Json : ExportFormat::Csv;
    };
    const bool isFolderThere = !question.folder.isEmpty() && QFileInfo(question.folder).isDir();
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);

    auto *dialog = new QFileDialog(parent, question.title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilters({csv, json});
    dialog->selectNameFilter(question.format == ExportFormat::Json ? json : csv);
    dialog->setDefaultSuffix(endingOf(question.format));
    dialog->setDirectory(isFolderThere ? question.folder : documents);
    dialog->selectFile(question.baseName % u'.' % endingOf(question.format));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog,
                     [dialog, filtered](const QString &filter) {
                         dialog->setDefaultSuffix(endingOf(filtered(filter)));
                     });
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [dialog, filtered, chosen](const QString &fileName) {
                         chosen(fileName,
                                formatOf(fileName, filtered(dialog->selectedNameFilter())));
                     });
    dialog->open();
}

} // namespace Jobsweep
