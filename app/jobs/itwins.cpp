// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/itwins.h"

#include "http/whendone.h"
#include "jobs/servicetext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

Result<ITwinPage> parseITwinPage(const QByteArray &body)
{
    const QJsonDocument document = documentFromJson(body);
    const QJsonValue list = document.object().value("iTwins"_L1);
    if (!list.isArray())
        return tl::unexpected(malformedBody(body, !document.isNull()));
    ITwinPage page;
    const QJsonArray array = list.toArray();
    for (const auto &value : array) {
        const ITwin iTwin{value["id"_L1].toString(), value["displayName"_L1].toString(),
                          value["number"_L1].toString()};
        if (!iTwin.id.isEmpty())
            page.iTwins.append(iTwin);
    }
    page.hasNext = !document["_links"_L1]["next"_L1]["href"_L1].toString().isEmpty();
    return page;
}

ITwins::ITwins(RestClient &client, QObject *parent) : QObject(parent), m_client(client) { }

void ITwins::load()
{
    ++m_listing;
    m_arriving.clear();
    requestPage(m_listing, 0);
}

void ITwins::clear()
{
    ++m_listing;
    m_all.clear();
    m_names.clear();
    emit changed();
}

QString ITwins::nameOf(const QString &id) const
{
    return m_names.value(id.toLower());
}

QString ITwins::nameOrId(const QString &id) const
{
    const QString name = nameOf(id);
    return name.isEmpty() ? id : name;
}

void ITwins::requestPage(int listing, int skip)
{
    Request request;
    request.path = u"/itwins/"_s;
    // Inactive ones, too: their drafts are still there. The sub-classes are all named, because the
    // published definition gives the parameter a default of one of them.
    request.query = {{u"subClass"_s, u"Account,Portfolio,Asset,Program,Project,WorkPackage"_s},
                     {u"includeInactive"_s, u"true"_s},
                     {u"$top"_s, QString::number(pageSize)},
                     {u"$skip"_s, QString::number(skip)}};
    request.headers = {{"X-Max-Return"_ba, QByteArray::number(maximumITwins)}};
    request.maximumBytes = 16 * 1024 * 1024;
    whenDone(m_client.send(request), this, [this, listing, skip](const Result<Reply> &reply) {
        if (listing != m_listing)
            return;
        const auto page = reply.and_then([](const Reply &r) { return parseITwinPage(r.body); });
        if (!page)
            return; // names are missing then, nothing else: ids stand in for them
        m_arriving += page->iTwins;
        const int next = skip + pageSize;
        if (page->hasNext && !page->iTwins.isEmpty() && next < maximumITwins)
            requestPage(listing, next);
        else
            take();
    });
}

void ITwins::take()
{
    m_all = std::exchange(m_arriving, {});
    std::ranges::sort(m_all, [](const ITwin &a, const ITwin &b) {
        return a.displayName.localeAwareCompare(b.displayName) < 0;
    });
    m_names.clear();
    for (const ITwin &iTwin : std::as_const(m_all))
        m_names.insert(iTwin.id.toLower(), iTwin.displayName);
    emit changed();
}

} // namespace Jobsweep
