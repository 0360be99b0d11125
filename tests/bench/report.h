// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <utility>
#include <vector>

namespace Jobsweep::Bench {

/// What several rounds gave for one figure.
struct Spread
{
    double least = 0;
    double median = 0;
    double most = 0;
};

[[nodiscard]] Spread spreadOf(std::vector<double> values);

/// The figures of a benchmark: rows with the same columns, printed as a table and written as JSON.
class Report final
{
public:
    using Row = std::vector<std::pair<QString, QJsonValue>>;

    explicit Report(const QString &name) : m_name(name) { }

    /// Also says at once that there is another row, because a benchmark takes its time.
    void add(const Row &row);
    /// A sentence that belongs to the figures.
    void note(const QString &sentence) { m_notes.append(sentence); }
    void print() const;
    /// False when the file cannot be written.
    [[nodiscard]] bool write(const QString &fileName) const;

private:
    QString m_name;
    std::vector<Row> m_rows;
    QStringList m_notes;
};

/// Figures that each round gives once more, for benchmarks whose rows are single figures.
class Figures final
{
public:
    /// `target` is in words; empty where there is none.
    void add(const QString &name, double value, const QString &unit, const QString &target = {});
    /// One row for each figure, in the order of the first round.
    void addTo(Report *report) const;

private:
    struct Figure
    {
        QString name;
        QString unit;
        QString target;
        std::vector<double> values;
    };
    std::vector<Figure> m_figures;
};

} // namespace Jobsweep::Bench
