// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/quicksearch.h"

#include "ui/wording.h"

#include <QDateTime>
#include <QLocale>
#include <QSet>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <ctime>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

using Column = JobModel::Column;

/// Characters of one value that take part.
constexpr qsizetype maximumSearched = 400;
constexpr qint64 daySeconds = 24 * 60 * 60;

bool isPlain(QStringView text)
{
    return std::ranges::all_of(text, [](QChar character) { return character <= u'~'; });
}

/// Seconds that local time is ahead of UTC. QDateTime looks at the file of the time zone each time.
qint64 offsetAt(qint64 moment)
{
    const time_t time = moment;
    tm local{};
    return localtime_r(&time, &local) ? qint64{local.tm_gmtoff} : 0;
}

qint64 floorDivided(qint64 number, qint64 by)
{
    return number / by - (number % by < 0 ? 1 : 0);
}

} // namespace

QuickSearch::Change QuickSearch::setText(const QString &text)
{
    QStringList words = text.simplified().toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return Change::None;
    words.resize(std::min(words.size(), maximumWords));
    // As long as people go on writing, each word of before is in one of now.
    const bool isNarrower = std::ranges::all_of(m_words, [&words](const QString &word) {
        return std::ranges::any_of(words,
                                   [&word](const QString &now) { return now.contains(word); });
    });
    m_words = std::move(words);
    m_all = m_words.size() == maximumWords ? ~Found{0} : (Found{1} << m_words.size()) - 1;
    forgetValues();
    findPossible();
    return isNarrower ? Change::Narrower : Change::Other;
}

void QuickSearch::forgetValues()
{
    m_shared = {};
    m_days.clear();
    m_times.clear();
    m_offsets.clear();
}

bool QuickSearch::matches(int row) const
{
    const Job &job = m_jobs.jobAt(row);
    Found found = inState(row);
    const auto isEnough = [this, &found](Found more) {
        found |= more;
        return found == m_all;
    };
    return isEnough(inShared(row, Column::Type, job.type))
        || isEnough(inShared(row, Column::Location, job.location))
        || isEnough(inShared(row, Column::CreatedBy, job.email))
        || isEnough(inShared(row, Column::ITwin, job.iTwinId))
        || isEnough(inText(isPlain(job.name) ? job.name : m_text(row, Column::Name)))
        || isEnough(inText(isPlain(job.id.text) ? job.id.text : m_text(row, Column::Id)))
        || isEnough(inCost(row, job)) || isEnough(inTime(job.created))
        || isEnough(inTime(job.modified));
}

QuickSearch::Found QuickSearch::inText(const QString &text) const
{
    const QStringView searched = QStringView(text).left(maximumSearched);
    // Folding makes another text of it, which is needed only where case is more than A to Z.
    const bool isFolded = !isPlain(searched);
    const QString folded = isFolded ? searched.toString().toCaseFolded() : QString();
    Found found = 0;
    for (qsizetype i = 0; i < m_words.size(); ++i) {
        const bool isIn = isFolded ? folded.contains(m_words.at(i))
                                   : searched.contains(m_words.at(i), Qt::CaseInsensitive);
        found |= isIn ? Found{1} << i : 0;
    }
    return found;
}

QuickSearch::Found QuickSearch::inShared(int row, Column column, const QString &value) const
{
    SharedValues &values = m_shared[static_cast<size_t>(column)];
    // Rows of a page have the very same text, and to compare its address is all that it takes.
    // While it is held here, no other text can have that address.
    const QChar *const address = value.constData();
    Near &near = values.near[std::bit_cast<quintptr>(address) / alignof(std::max_align_t)
                             % values.near.size()];
    if (near.found && near.value.constData() == address)
        return *near.found;
    const auto known = values.all.constFind(value);
    const Found found = known == values.all.cend()
        ? *values.all.insert(value, inText(m_text(row, column)))
        : *known;
    near = {value, found};
    return found;
}

QuickSearch::Found QuickSearch::inState(int row) const
{
    // What a deletion makes of a job stands in place of its state.
    return m_jobs.markAt(row) == DeletionMark::None
        ? inShared(row, Column::State, m_jobs.jobAt(row).stateText)
        : inText(m_text(row, Column::State));
}

/// A time is written as its date, a blank and its time of day, and a word has no blanks.
QuickSearch::Found QuickSearch::inTime(const QDateTime &utc) const
{
    if (!utc.isValid() || (m_maybeDates | m_maybeTimes) == 0)
        return 0;
    const LocalTime local = localTime(utc);
    const auto known = [](QHash<qint64, Found> *all, qint64 key, const auto &find) {
        const auto found = all->constFind(key);
        return found != all->cend() ? *found : *all->insert(key, find());
    };
    Found found = 0;
    if (m_maybeDates != 0) {
        found |= known(&m_days, local.day, [this, &local] {
            constexpr qint64 julianEpoch = 2'440'588;
            return inText(QLocale().toString(QDate::fromJulianDay(julianEpoch + local.day),
                                             QLocale::ShortFormat));
        });
    }
    if ((m_maybeTimes & ~found) != 0) {
        const qint64 shown = local.secondOfDay - local.secondOfDay % m_secondsShown;
        found |= known(&m_times, shown, [this, shown] {
            return inText(QLocale().toString(QTime(0, 0).addSecs(static_cast<int>(shown)),
                                             QLocale::ShortFormat));
        });
    }
    return found;
}

QuickSearch::Found QuickSearch::inCost(int row, const Job &job) const
{
    return m_maybeCosts != 0 && job.estimatedCost ? inText(m_text(row, Column::EstimatedCost)) : 0;
}

/// Asking for each of 200 000 times takes longer than everything else.
QuickSearch::LocalTime QuickSearch::localTime(const QDateTime &utc) const
{
    const qint64 seconds = floorDivided(utc.toMSecsSinceEpoch(), 1000);
    const qint64 day = floorDivided(seconds, daySeconds);
    auto known = m_offsets.find(day);
    if (known == m_offsets.end()) {
        const qint64 offset = offsetAt(day * daySeconds);
        const bool isOne = offset == offsetAt((day + 1) * daySeconds);
        known = m_offsets.insert(day, isOne ? std::optional(offset) : std::nullopt);
    }
    const qint64 local = seconds + (*known ? **known : offsetAt(seconds));
    const qint64 localDay = floorDivided(local, daySeconds);
    return {localDay, local - localDay * daySeconds};
}

void QuickSearch::findPossible()
{
    const QLocale locale;
    QStringList dates;
    for (int month = 1; month <= 12; ++month) {
        // Seven days in a row, for locales that write the day of the week.
        for (int day = 1; day <= 7; ++day)
            dates.append(locale.toString(QDate(2020, month, day), QLocale::ShortFormat));
    }
    QStringList times;
    for (int hour = 0; hour < 24; ++hour)
        times.append(locale.toString(QTime(hour, 0), QLocale::ShortFormat));
    m_secondsShown = locale.timeFormat(QLocale::ShortFormat).contains(u's') ? 1 : 60;
    m_maybeDates = possibleIn(dates);
    m_maybeTimes = possibleIn(times);
    m_maybeCosts = possibleIn({Wording::cost(-1234567.5), Wording::cost(1e15)});
}

/// The words that are in an example, or in none only because their digits are others.
QuickSearch::Found QuickSearch::possibleIn(const QStringList &examples) const
{
    QSet<QChar> alphabet;
    for (const QString &example : examples) {
        const QString folded = example.toCaseFolded();
        alphabet += QSet<QChar>(folded.cbegin(), folded.cend());
    }
    const auto isDigit = [](QChar character) { return character.isDigit(); };
    const auto isKnown
        = [&](QChar character) { return isDigit(character) || alphabet.contains(character); };
    Found words = 0;
    for (qsizetype i = 0; i < m_words.size(); ++i) {
        const QString &word = m_words.at(i);
        const auto holdsWord
            = [&word](const QString &example) { return example.toCaseFolded().contains(word); };
        const bool isPossible = std::ranges::any_of(word, isDigit)
            ? std::ranges::all_of(word, isKnown)
            : std::ranges::any_of(examples, holdsWord);
        words |= isPossible ? Found{1} << i : 0;
    }
    return words;
}

} // namespace Jobsweep
