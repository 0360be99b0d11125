// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Lists jobs page by page as the service documents it.
//
// The first page picks the places of all matching jobs once; continuation tokens remember how far a
// listing got, so a listing stays right while jobs are deleted between its pages, and a page that
// was lost on the way may be asked for again. Only the newest tokens are kept.

#include "demo/demodata.h"
#include "demo/demorequest.h"

#include <QHash>
#include <QQueue>

#include <memory>

namespace Jobsweep {

class DemoListing final
{
public:
    [[nodiscard]] DemoAnswer jobs(DemoData &data, const DemoRequest &request);
    [[nodiscard]] static DemoAnswer iTwins(const DemoData &data, const DemoRequest &request);

private:
    struct Cursor
    {
        QString filterText;
        DemoFilter filter;
        std::shared_ptr<const std::vector<size_t>> places;
        size_t next = 0;
    };

    [[nodiscard]] QByteArray keep(const Cursor &cursor);

    QHash<QByteArray, Cursor> m_cursors;
    QQueue<QByteArray> m_oldestFirst;
};

} // namespace Jobsweep
