// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The demo service without its sockets: who may ask, how often, and what each operation answers.

#include "demo/demodata.h"
#include "demo/demolimiter.h"
#include "demo/demolisting.h"
#include "demo/demorequest.h"

#include <QHash>
#include <QMutex>

#include <memory>

namespace Jobsweep {

/// Thread-safe: the service's thread answers while tests and walkthroughs turn the controls.
class DemoBackend final
{
public:
    explicit DemoBackend(const DemoOptions &options);

    /// Makes the data; takes a while for many jobs. Until then every job is unknown.
    void prepare();

    /// `now` is for the limiter: milliseconds of a clock that never goes back.
    [[nodiscard]] DemoAnswer answer(const DemoRequest &request, qint64 now);

    [[nodiscard]] QByteArray token() const;
    /// From now on the token is refused as one that is no longer valid.
    void expireToken();
    /// A new valid token; the one before is refused.
    QByteArray issueToken();
    /// Makes a draft active as if somebody else had submitted it. False where it is no draft.
    bool submitJob(const QString &id);

private:
    [[nodiscard]] DemoAnswer perform(const DemoCall &call, const DemoRequest &request);
    [[nodiscard]] DemoAnswer listJobs(const DemoRequest &request);
    [[nodiscard]] DemoAnswer onJob(const DemoCall &call, const DemoRequest &request);
    [[nodiscard]] DemoAnswer getJob(size_t place, int status = 200);
    [[nodiscard]] DemoAnswer deleteJob(size_t place);
    [[nodiscard]] DemoAnswer createJob(const DemoRequest &request);
    [[nodiscard]] DemoAnswer patchJob(size_t place, const DemoRequest &request);
    [[nodiscard]] DemoAnswer progress(size_t place) const;
    [[nodiscard]] DemoAnswer workspace(const DemoCall &call);
    [[nodiscard]] DemoAnswer enginesLimit(const DemoRequest &request) const;
    [[nodiscard]] DemoAnswer user() const;

    const DemoOptions m_options;
    mutable QMutex m_mutex;
    DemoLimiter m_limiter;
    DemoListing m_listing;
    std::unique_ptr<DemoData> m_data;
    QByteArray m_token;
    /// By query; see DemoOptions::keepsPages.
    QHash<QByteArray, DemoAnswer> m_keptPages;
};

} // namespace Jobsweep
