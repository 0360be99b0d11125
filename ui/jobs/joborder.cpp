// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/joborder.h"

#include "ui/jobs/naturalkey.h"

#include <algorithm>
#include <bit>

namespace Jobsweep {

namespace {

using Column = JobModel::Column;

/// So few rows are compared as a whole: their pieces are not worth looking at.
constexpr auto fewRows = 16;

constexpr quint64 signBit = quint64{1} << 63;

quint64 ordered(qint64 number)
{
    return static_cast<quint64>(number) ^ signBit;
}

quint64 ordered(double number)
{
    const auto bits = std::bit_cast<quint64>(number);
    return (bits & signBit) != 0 ? ~bits : bits | signBit;
}

constexpr qsizetype pieceSize = sizeof(quint64);

/// So many bytes of a text that numbers compare as texts do; one that ends earlier ends with zeros.
quint64 pieceOf(const QByteArray &text, qsizetype piece)
{
    quint64 number = 0;
    for (qsizetype i = piece * pieceSize; i < (piece + 1) * pieceSize; ++i)
        number = (number << 8) | (i < text.size() ? static_cast<uchar>(text.at(i)) : 0U);
    return number;
}

/// The same of an id, whose characters are hardly ever more than a byte: all that are, are equal.
quint64 beginningOf(const QString &id)
{
    quint64 number = 0;
    for (qsizetype i = 0; i < pieceSize; ++i) {
        const char16_t unit = i < id.size() ? id.at(i).unicode() : u'\0';
        number = (number << 8) | std::min<quint64>(unit, 0xff);
    }
    return number;
}

bool isOrderedAsText(Column column)
{
    return column == Column::Name || column == Column::Type || column == Column::ITwin
        || column == Column::CreatedBy || column == Column::Location;
}

} // namespace

bool isEmptyIn(const Job &job, Column column)
{
    switch (column) {
    case Column::Delete:
    case Column::State:
        return false;
    case Column::Name:
        return job.name.isEmpty();
    case Column::Type:
        return job.type.isEmpty();
    case Column::Created:
        return !job.created.isValid();
    case Column::Modified:
        return !job.modified.isValid();
    case Column::ITwin:
        return job.iTwinId.isEmpty();
    case Column::CreatedBy:
        return job.email.isEmpty();
    case Column::Location:
        return job.location.isEmpty();
    case Column::EstimatedCost:
        return !job.estimatedCost.has_value();
    case Column::Id:
        return job.id.text.isEmpty();
    }
    return true;
}

void JobOrder::setColumn(Column column, Qt::SortOrder direction)
{
    m_column = column;
    m_direction = direction;
    m_sharedKeys.clear();
    m_keys.clear();
    m_keys.resize(m_ids.size());
    for (int row = 0; row < m_jobs.rowCount(); ++row)
        m_keys[slotAt(row)] = makeKey(row);
}

void JobOrder::read(int firstRow, int lastRow)
{
    for (int row = firstRow; row <= lastRow; ++row) {
        const size_t slot = slotAt(row);
        if (slot >= m_ids.size()) {
            m_ids.resize(slot + 1);
            m_keys.resize(slot + 1);
        }
        m_ids[slot] = beginningOf(m_jobs.jobAt(row).id.text);
        m_keys[slot] = makeKey(row);
    }
}

bool JobOrder::comesBefore(int row, int otherRow) const
{
    const bool isEmpty = keyOf(row).isEmpty;
    if (isEmpty != keyOf(otherRow).isEmpty)
        return !isEmpty;
    // There are no equals: what does not come before comes after.
    return row != otherRow && ascends(row, otherRow) == (m_direction == Qt::AscendingOrder);
}

void JobOrder::sort(std::vector<int> *rows) const
{
    const auto isFilled = [this](int row) { return !keyOf(row).isEmpty; };
    const auto firstEmpty = std::partition(rows->begin(), rows->end(), isFilled);
    const auto sortPart
        = [this](std::vector<int>::iterator first, std::vector<int>::iterator last) {
              std::vector<Place> places;
              places.reserve(static_cast<size_t>(last - first));
              std::transform(first, last, std::back_inserter(places),
                             [](int row) { return Place{.row = row}; });
              sortAscending(places.begin(), places.end(),
                            {m_column == Column::Id ? Level::Of::Id : Level::Of::Value, 0});
              std::transform(places.cbegin(), places.cend(), first,
                             [](const Place &place) { return place.row; });
              if (m_direction == Qt::DescendingOrder)
                  std::reverse(first, last);
          };
    sortPart(rows->begin(), firstEmpty);
    sortPart(firstEmpty, rows->end());
}

/// Sorts by one piece of the value, then what is equal by the next: numbers are compared a hundred
/// times for each time that a text is fetched from far away.
void JobOrder::sortAscending(Places first, Places last, Level level) const
{
    if (last - first <= fewRows || level.of == Level::Of::Rest) {
        std::sort(first, last,
                  [this](const Place &a, const Place &b) { return ascends(a.row, b.row); });
        return;
    }
    for (auto place = first; place != last; ++place)
        place->head = headAt(place->row, level);
    const auto isLess = [](const Place &a, const Place &b) { return a.head < b.head; };
    // Ids and names that begin alike have many pieces in which they do not differ.
    if (!std::is_sorted(first, last, isLess))
        std::sort(first, last, isLess);
    while (first != last) {
        const quint64 head = first->head;
        const auto end
            = std::find_if(first, last, [head](const Place &place) { return place.head != head; });
        if (end - first > 1)
            sortAscending(first, end, levelAfter(level, head));
        first = end;
    }
}

quint64 JobOrder::headAt(int row, Level level) const
{
    if (level.of == Level::Of::Id)
        return m_ids[slotAt(row)];
    const Key &key = keyOf(row);
    if (level.piece == 0)
        return key.head;
    return level.piece == 1 ? key.next : pieceOf(key.text, level.piece);
}

/// Where to look when the piece of some rows is the same number.
JobOrder::Level JobOrder::levelAfter(Level level, quint64 head) const
{
    using enum Level::Of;
    if (level.of != Value)
        return {Rest, 0};
    const bool hasEnded = (head & 0xff) == 0;
    return hasEnded || !isOrderedAsText(m_column) ? Level{Id, 0} : Level{Value, level.piece + 1};
}

bool JobOrder::ascends(int row, int otherRow) const
{
    const Key &key = keyOf(row);
    const Key &other = keyOf(otherRow);
    if (key.head != other.head)
        return key.head < other.head;
    if (key.next != other.next)
        return key.next < other.next;
    if (key.text.constData() != other.text.constData()) {
        const int order = key.text.compare(other.text);
        if (order != 0)
            return order < 0;
    }
    const quint64 id = m_ids[slotAt(row)];
    const quint64 otherId = m_ids[slotAt(otherRow)];
    if (id != otherId)
        return id < otherId;
    return m_jobs.jobAt(row).id.text < m_jobs.jobAt(otherRow).id.text;
}

JobOrder::Key JobOrder::makeKey(int row)
{
    const Job &job = m_jobs.jobAt(row);
    const auto ofText = [](const QByteArray &text) {
        return Key{.head = pieceOf(text, 0), .next = pieceOf(text, 1), .text = text};
    };
    Key key;
    switch (m_column) {
    case Column::Delete:
        key.head = m_jobs.isDeletableAt(row) ? 0 : 1;
        break;
    case Column::Name:
        key = ofText(naturalKey(job.name));
        break;
    case Column::State:
        key.head = static_cast<quint64>(job.state);
        break;
    case Column::Type:
        key = ofText(sharedKey(job.type));
        break;
    case Column::Created:
        key.head = ordered(job.created.toMSecsSinceEpoch());
        break;
    case Column::Modified:
        key.head = ordered(job.modified.toMSecsSinceEpoch());
        break;
    case Column::ITwin:
        key = ofText(sharedKey(job.iTwinId));
        break;
    case Column::CreatedBy:
        key = ofText(sharedKey(job.email));
        break;
    case Column::Location:
        key = ofText(sharedKey(job.location));
        break;
    case Column::EstimatedCost:
        key.head = ordered(job.estimatedCost.value_or(0));
        break;
    case Column::Id:
        break;
    }
    key.isEmpty = isEmptyIn(job, m_column);
    return key;
}

const QByteArray &JobOrder::sharedKey(const QString &value)
{
    auto key = m_sharedKeys.find(value);
    if (key == m_sharedKeys.end()) {
        const bool isITwin = m_column == Column::ITwin;
        key = m_sharedKeys.insert(value, naturalKey(isITwin ? m_iTwins.nameOrId(value) : value));
    }
    return *key;
}

} // namespace Jobsweep
