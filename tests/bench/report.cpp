// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/report.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QSysInfo>
#include <QThread>

#include <algorithm>
#include <cstdio>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Bench {

namespace {

QString shown(const QJsonValue &value)
{
    if (!value.isDouble())
        return value.toString();
    const double number = value.toDouble();
    const bool isWhole = number == static_cast<double>(value.toInteger());
    return QString::number(number, 'f', isWhole ? 0 : 3);
}

void printLine(const QStringList &cells, const std::vector<qsizetype> &widths)
{
    QString line;
    for (qsizetype column = 0; column < cells.size(); ++column) {
        const QString &cell = cells.at(column);
        const auto width = widths[static_cast<size_t>(column)];
        line += column == 0 ? cell.leftJustified(width) : u"  "_s % cell.rightJustified(width);
    }
    std::printf("%s\n", qUtf8Printable(line));
}

} // namespace

Spread spreadOf(std::vector<double> values)
{
    if (values.empty())
        return {};
    std::ranges::sort(values);
    return {values.front(), values[values.size() / 2], values.back()};
}

void Figures::add(const QString &name, double value, const QString &unit, const QString &target)
{
    auto figure = std::ranges::find(m_figures, name, &Figure::name);
    if (figure == m_figures.end())
        figure = m_figures.insert(figure, {name, unit, target, {}});
    figure->values.push_back(value);
}

void Figures::addTo(Report *report) const
{
    for (const Figure &figure : m_figures) {
        const auto [least, median, most] = spreadOf(figure.values);
        report->add({{u"figure"_s, figure.name},
                     {u"median"_s, median},
                     {u"least"_s, least},
                     {u"most"_s, most},
                     {u"unit"_s, figure.unit},
                     {u"target"_s, figure.target},
                     {u"rounds"_s, static_cast<int>(figure.values.size())}});
    }
}

void Report::add(const Row &row)
{
    m_rows.push_back(row);
    std::fprintf(stderr, "%s: %s\n", qUtf8Printable(m_name),
                 qUtf8Printable(shown(row.front().second)));
}

void Report::print() const
{
    if (m_rows.empty())
        return;
    std::vector<QStringList> lines(1);
    for (const auto &[title, value] : m_rows.front())
        lines.front().append(title);
    for (const Row &row : m_rows) {
        QStringList cells;
        for (const auto &[title, value] : row)
            cells.append(shown(value));
        lines.push_back(cells);
    }
    std::vector<qsizetype> widths(m_rows.front().size(), 0);
    for (const QStringList &line : lines) {
        for (qsizetype column = 0; column < line.size(); ++column) {
            auto &width = widths[static_cast<size_t>(column)];
            width = std::max(width, line.at(column).size());
        }
    }
    std::printf("\n%s\n", qUtf8Printable(m_name));
    for (const QStringList &line : lines)
        printLine(line, widths);
    for (const QString &sentence : m_notes)
        std::printf("%s\n", qUtf8Printable(sentence));
}

bool Report::write(const QString &fileName) const
{
    QJsonArray rows;
    for (const Row &row : m_rows) {
        QJsonObject object;
        for (const auto &[title, value] : row)
            object.insert(title, value);
        rows.append(object);
    }
    const QJsonObject report{{u"benchmark"_s, m_name},
                             {u"time"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
                             {u"processors"_s, QThread::idealThreadCount()},
                             {u"architecture"_s, QSysInfo::currentCpuArchitecture()},
                             {u"system"_s, QSysInfo::prettyProductName()},
                             {u"notes"_s, QJsonArray::fromStringList(m_notes)},
                             {u"rows"_s, rows}};
    QFile file(fileName);
    return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(report).toJson()) > 0;
}

} // namespace Jobsweep::Bench
