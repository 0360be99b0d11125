// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/idlist.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

class Collector final
{
public:
    /// A piece of text that may hold ids. `isPlain` says that one without any was not understood.
    void take(const QString &text, bool isPlain)
    {
        // A whole word that begins like a GUID, so that no id is cut out of a longer one.
        static const QRegularExpression candidates(
            u"(?<![\\w-])[0-9A-Fa-f]{8}-[\\w-]*|(?<![\\w-])[0-9A-Fa-f]{32}(?![\\w-])"_s);
        static const QRegularExpression guid(
            u"\\A[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\\z"_s);
        bool isEmpty = true;
        auto words = candidates.globalMatch(text);
        while (words.hasNext()) {
            const QString word = words.next().captured();
            isEmpty = false;
            if (guid.match(word).hasMatch())
                add(word.toLower());
            else
                ++m_found.notUnderstood;
        }
        const bool hasWords = std::ranges::any_of(
            text, [](QChar character) { return character.isLetterOrNumber(); });
        if (isPlain && isEmpty && hasWords)
            ++m_found.notUnderstood;
    }

    [[nodiscard]] const IdList &found() const { return m_found; }

private:
    void add(const QString &id)
    {
        if (m_known.contains(id)) {
            ++m_found.duplicates;
            return;
        }
        m_known.insert(id);
        m_found.ids.append({id});
    }

    IdList m_found;
    QSet<QString> m_known;
};

/// The cells of each line (RFC 4180); a quoted one may go over several. A quote that is never
/// closed is an ordinary character, so that it does not take the rest of the text with it.
QList<QStringList> tableIn(const QString &text, QChar separator)
{
    QList<QStringList> lines{{QString()}};
    bool isQuoted = false;
    qsizetype quotesLeft = text.count(u'"');
    for (const QChar character : text) {
        QStringList &cells = lines.back();
        const bool isQuote = character == u'"';
        quotesLeft -= isQuote ? 1 : 0;
        if (isQuote && (isQuoted || quotesLeft > 0))
            isQuoted = !isQuoted;
        else if (character == separator && !isQuoted)
            cells.append(QString());
        else if ((character == u'\n' || character == u'\r') && !isQuoted)
            lines.append({QString()});
        else
            cells.back().append(character);
    }
    return lines;
}

struct IdColumn
{
    QChar separator;
    qsizetype number = -1;
};

/// Where the header says that the ids are; -1 when it is no header or does not say.
IdColumn idColumnOf(const QString &header)
{
    for (const QChar separator : {u',', u';', u'\t'}) {
        const QStringList cells = tableIn(header, separator).constFirst();
        for (qsizetype number = 0; cells.size() > 1 && number < cells.size(); ++number) {
            const QString name = cells.at(number).toLower().remove(QRegularExpression(u"\\W"_s));
            if (name == "id"_L1 || name == "jobid"_L1)
                return {separator, number};
        }
    }
    return {};
}

void takeLines(const QString &text, Collector *collector)
{
    static const QRegularExpression lineEnd(u"[\\r\\n]+"_s);
    const QStringList lines = text.split(lineEnd, Qt::SkipEmptyParts);
    const IdColumn column = lines.isEmpty() ? IdColumn() : idColumnOf(lines.constFirst());
    if (column.number < 0) {
        for (const QString &line : lines)
            collector->take(line, true);
        return;
    }
    QList<QStringList> table = tableIn(text.trimmed(), column.separator);
    table.removeFirst();
    for (const QStringList &cells : std::as_const(table))
        collector->take(cells.value(column.number), true);
}

/// False when the JSON is not one of jobs, so that every id in it may be meant.
bool takeJobs(const QJsonDocument &json, Collector *collector)
{
    const QJsonValue jobs = json.isArray() ? QJsonValue(json.array())
        : json[u"jobs"_s].isArray()        ? json[u"jobs"_s]
        : json[u"job"_s].isObject()        ? QJsonValue(QJsonArray{json[u"job"_s]})
                                           : QJsonValue(QJsonArray{json.object()});
    const QJsonArray array = jobs.toArray();
    const bool areJobs = !array.isEmpty() && std::ranges::all_of(array, [](const auto &value) {
        return value.toObject().value("id"_L1).isString();
    });
    if (!areJobs)
        return false;
    for (const auto &job : array)
        collector->take(job.toObject().value("id"_L1).toString(), true);
    return true;
}

} // namespace

IdList idsIn(const QString &text)
{
    Collector collector;
    const auto json = QJsonDocument::fromJson(text.toUtf8());
    if (json.isNull())
        takeLines(text, &collector);
    else if (!takeJobs(json, &collector))
        collector.take(text, false);
    return collector.found();
}

} // namespace Jobsweep
