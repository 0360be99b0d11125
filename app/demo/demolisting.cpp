// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demolisting.h"

#include "demo/demoerrors.h"

#include <QJsonArray>
#include <QUuid>

#include <algorithm>
#include <limits>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr int defaultTop = 100;
constexpr int greatestTop = 1000;
constexpr qsizetype keptCursors = 64;

DemoAnswer listRefusal(const QString &message, const QString &target)
{
    return errorAnswer(422, u"InvalidRealityModelingRequest"_s, u"Cannot find jobs."_s,
                       {{u"InvalidParameter"_s, message, target}});
}

/// Nothing where the value is not a number of the range.
std::optional<int> number(const std::optional<QString> &text, int preset, int least, int greatest)
{
    bool isNumber = true;
    const int value = text ? text->toInt(&isNumber) : preset;
    return isNumber && value >= least && value <= greatest ? std::optional(value) : std::nullopt;
}

std::shared_ptr<const std::vector<size_t>> matchingPlaces(const DemoData &data,
                                                          const DemoFilter &filter)
{
    const bool namesITwin = !filter.namedITwins().isEmpty();
    const auto &jobs = data.jobs();
    auto places = std::make_shared<std::vector<size_t>>();
    for (size_t place = 0; place < jobs.size(); ++place) {
        const DemoJob &job = jobs[place];
        const bool isListed
            = namesITwin ? !job.facts.iTwinId.isEmpty() : job.facts.email == data.user().email;
        if (!job.removed && isListed && filter.matches(job.facts)) {
            places->push_back(place);
        }
    }
    return places;
}

QString iTwinsLink(int skip, int top)
{
    return u"https://api.bentley.com/iTwins/?$skip=%1&$top=%2"_s.arg(skip).arg(top);
}

bool isWanted(const DemoITwin &iTwin, const DemoRequest &request)
{
    const auto search = request.parameter(u"$search"_s).value_or(QString());
    const auto name = request.parameter(u"displayName"_s);
    const auto status = request.parameter(u"status"_s);
    const bool withInactive = status
        ? true
        : request.parameter(u"includeInactive"_s).value_or(QString()).toLower() == "true"_L1;
    const auto ownStatus = iTwin.active ? "Active"_L1 : "Inactive"_L1;
    return (iTwin.active || withInactive)
        && (!status || status->compare(ownStatus, Qt::CaseInsensitive) == 0)
        && (!name || iTwin.displayName == *name)
        && (iTwin.displayName.contains(search, Qt::CaseInsensitive)
            || iTwin.number.contains(search, Qt::CaseInsensitive));
}

} // namespace

DemoAnswer DemoListing::jobs(DemoData &data, const DemoRequest &request)
{
    const auto top = number(request.parameter(u"$top"_s), defaultTop, 1, greatestTop);
    if (!top) {
        return listRefusal(u"The $top query parameter value must be a positive integer that does "
                           "not exceed 1000."_s,
                           u"$Top"_s);
    }
    const auto filterText = request.parameter(u"$filter"_s).value_or(QString());
    auto filter = DemoFilter::parse(filterText);
    if (!filter) {
        return listRefusal(u"The $filter query parameter value is not valid."_s, u"$Filter"_s);
    }
    const auto named = filter->namedITwins();
    if (std::ranges::any_of(named, [&data](const QString &id) { return !data.iTwin(id); })) {
        return iTwinNotFound();
    }

    const auto token = request.parameter(u"continuationToken"_s).value_or(QString()).toLatin1();
    Cursor cursor;
    if (token.isEmpty()) {
        cursor = {filterText, *filter, matchingPlaces(data, *filter), 0};
    } else {
        cursor = m_cursors.value(token);
        if (!cursor.places || cursor.filterText != filterText) {
            return listRefusal(u"The continuationToken query parameter value is not valid."_s,
                               u"ContinuationToken"_s);
        }
    }

    const auto skipGone = [&data, &cursor] {
        while (cursor.next < cursor.places->size()) {
            const DemoJob &job = data.jobs()[(*cursor.places)[cursor.next]];
            if (!job.removed && cursor.filter.matches(job.facts)) {
                break;
            }
            ++cursor.next;
        }
        return cursor.next < cursor.places->size();
    };
    QByteArray body = R"({"jobs":[)"_ba;
    for (int count = 0; count < *top && skipGone(); ++count) {
        if (count > 0) {
            body.append(',');
        }
        body.append(data.json((*cursor.places)[cursor.next++]));
    }
    body.append("],\"_links\":");
    QJsonObject links;
    if (skipGone()) {
        const QString href = u"https://api.bentley.com/contextcapture/jobs?$filter="_s + filterText
            + u"&continuationToken="_s + QString::fromLatin1(keep(cursor));
        links.insert(u"next"_s, QJsonObject{{u"href"_s, href}});
    }
    body.append(jsonAnswer(200, links).body).append('}');
    return {.body = body};
}

QByteArray DemoListing::keep(const Cursor &cursor)
{
    auto token = QUuid::createUuid().toByteArray(QUuid::WithoutBraces).toBase64();
    m_cursors.insert(token, cursor);
    m_oldestFirst.enqueue(token);
    if (m_oldestFirst.size() > keptCursors) {
        m_cursors.remove(m_oldestFirst.dequeue());
    }
    return token;
}

DemoAnswer DemoListing::iTwins(const DemoData &data, const DemoRequest &request)
{
    const auto top = number(request.parameter(u"$top"_s), defaultTop, 1, greatestTop);
    const auto skip = number(request.parameter(u"$skip"_s), 0, 0, std::numeric_limits<int>::max());
    if (!top || !skip) {
        return errorAnswer(422, u"InvalidiTwinsRequest"_s, u"Request is invalid."_s,
                           {{u"InvalidValue"_s, u"The query parameter value is out of range."_s,
                             top ? u"$skip"_s : u"$top"_s}});
    }
    QJsonArray page;
    int index = 0;
    for (const DemoITwin &iTwin : data.iTwins()) {
        if (isWanted(iTwin, request) && index++ >= *skip && page.size() < *top) {
            page.append(iTwinJson(iTwin));
        }
    }
    QJsonObject links{{u"self"_s, QJsonObject{{u"href"_s, iTwinsLink(*skip, *top)}}}};
    if (*skip > 0) {
        links.insert(u"prev"_s,
                     QJsonObject{{u"href"_s, iTwinsLink(std::max(0, *skip - *top), *top)}});
    }
    if (index > *skip + page.size()) {
        links.insert(u"next"_s, QJsonObject{{u"href"_s, iTwinsLink(*skip + *top, *top)}});
    }
    return jsonAnswer(200, {{u"iTwins"_s, page}, {u"_links"_s, links}});
}

} // namespace Jobsweep
