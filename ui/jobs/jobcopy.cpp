// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobcopy.h"

#include "http/request.h"
#include "http/requestrules.h"
#include "ui/jobs/jobtableproxy.h"

#include <QStringList>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

using Column = JobModel::Column;

bool breaksLines(QChar character)
{
    switch (character.category()) {
    case QChar::Other_Control:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

/// The table cuts long texts off and shows what is invisible; a copy does neither.
QString cell(const JobTableProxy &proxy, int row, Column column)
{
    const Job &job = proxy.jobAt(row);
    switch (column) {
    case Column::Name:
        return tableCell(job.name);
    case Column::Type:
        return tableCell(job.type);
    case Column::CreatedBy:
        return tableCell(job.email);
    case Column::Location:
        return tableCell(job.location);
    case Column::Id:
        return tableCell(job.id.text);
    case Column::Delete:
    case Column::State:
    case Column::Created:
    case Column::Modified:
    case Column::ITwin:
    case Column::EstimatedCost:
        break;
    }
    return tableCell(proxy.index(row, static_cast<int>(column)).data(Qt::DisplayRole).toString());
}

} // namespace

QString onOneLine(const QString &foreign)
{
    QString line = foreign;
    for (QChar &character : line) {
        if (breaksLines(character))
            character = u' ';
    }
    return line;
}

QString tableCell(const QString &foreign)
{
    static const QString formulaBeginnings = u"=+-@\uFF1D\uFF0B\uFF0D\uFF20"_s;
    QString cell = onOneLine(foreign);
    // A spreadsheet leaves out spaces at the beginning.
    const QString begin = cell.trimmed().left(1);
    if (!begin.isEmpty() && formulaBeginnings.contains(begin))
        cell.prepend(u'\'');
    return cell;
}

QString copiedRows(const JobTableProxy &proxy, const QList<int> &rows, const QList<Column> &columns)
{
    QStringList lines;
    lines.reserve(rows.size());
    for (const int row : rows) {
        QStringList cells;
        cells.reserve(columns.size());
        for (const Column column : columns)
            cells.append(cell(proxy, row, column));
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

QString shellQuoted(const QString &text)
{
    return u'\'' % QString(text).replace(u'\'', "'\\''"_L1) % u'\'';
}

std::optional<QString> curlCommand(Verb verb, const JobId &id, const ServiceAddress &address)
{
    Request request;
    request.verb = verb;
    request.path = jobsPath + u'/' + id.text;
    if (!id.isSafe() || !mayBeSent(verb, request.path))
        return {};
    // From the very request that the program would send, which has no token yet.
    const QNetworkRequest built = buildRequest(request, address, {});
    const QString accept = "Accept: "_L1 + QString::fromLatin1(built.rawHeader("Accept"));
    const QString url = QString::fromLatin1(built.url().toEncoded());
    return "curl --globoff --proto "_L1 % shellQuoted(u'=' + built.url().scheme())
        % " --request "_L1 % verbName(verb) % " --header "_L1 % shellQuoted(accept)
        % " --header \"Authorization: Bearer $TOKEN\" "_L1 % shellQuoted(url);
}

} // namespace Jobsweep
