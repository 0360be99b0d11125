// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Random jobs of few values, so that random filters often match: as the demo service has them and
// as they are listed. The same seed gives the same jobs.

#include "demo/demodata.h"
#include "jobs/job.h"

#include <QRandomGenerator>

#include <array>

namespace Jobsweep::Testing {

using namespace Qt::Literals::StringLiterals;

template<typename Values>
[[nodiscard]] auto oneOf(QRandomGenerator *random, const Values &values)
{
    return values[static_cast<decltype(values.size())>(
        random->bounded(static_cast<int>(values.size())))];
}

[[nodiscard]] inline QString oneText(QRandomGenerator *random, const QStringList &texts)
{
    const QString text = oneOf(random, texts);
    return random->bounded(4) == 0 ? text.toUpper() : text;
}

[[nodiscard]] inline QString randomId(QRandomGenerator *random)
{
    return oneText(
        random,
        {u"482b2968-6a85-4e50"_s, u"14c03448-bea0-4d76"_s, u"9e2d27cf-b695-47e9"_s, u"b"_s});
}

[[nodiscard]] inline QString randomState(QRandomGenerator *random)
{
    return oneText(
        random,
        {u"unsubmitted"_s, u"active"_s, u"success"_s, u"failed"_s, u"cancelled"_s, u"New"_s});
}

[[nodiscard]] inline QString randomType(QRandomGenerator *random)
{
    return oneText(random, {u"Full"_s, u"Calibration"_s, u"Reconstruction"_s});
}

[[nodiscard]] inline QString randomEmail(QRandomGenerator *random)
{
    return oneText(random,
                   {u"john.smith@example.com"_s, u"ana@example.com"_s, u"li.wei@example.org"_s});
}

[[nodiscard]] inline QString randomName(QRandomGenerator *random, bool isWritable)
{
    const QStringList plain{u"Bridge"_s,    u"bridge"_s, u"Brücke, Süd (2)"_s,
                            u"and eq or"_s, u"Æble"_s,   u"a, b"_s};
    const QStringList awkward{u"O'Brien"_s, u"a\nb"_s, u"a\u202Eb"_s, u"😀"_s};
    return oneText(random, isWritable ? plain : plain + awkward);
}

/// To the millisecond, but often a whole second.
[[nodiscard]] inline QDateTime randomTime(QRandomGenerator *random)
{
    const QDateTime start(QDate(2024, 6, 24), QTime(13, 0), Qt::UTC);
    return start.addSecs(random->bounded(4)).addMSecs(random->bounded(2) * random->bounded(1000));
}

[[nodiscard]] inline DemoJob randomJob(QRandomGenerator *random)
{
    DemoJob job;
    job.facts.id = randomId(random);
    job.facts.iTwinId = random->bounded(3) == 0 ? QString() : randomId(random);
    job.facts.name = random->bounded(8) == 0 ? QString() : randomName(random, false);
    job.facts.email = randomEmail(random);
    job.facts.type = randomType(random);
    job.facts.state = randomState(random);
    job.facts.createdMilliseconds = randomTime(random).toMSecsSinceEpoch();
    for (int count = random->bounded(4); count > 0; --count)
        job.facts.inputIds.append(randomId(random));
    for (int count = random->bounded(3); count > 0; --count) {
        job.facts.outputIds.append(randomId(random));
        job.outputFormats.append(u"OBJ"_s);
    }
    return job;
}

/// What the program reads from the service's answer.
[[nodiscard]] inline Job asListed(const DemoJob &job)
{
    return parseJob(jobJson(job)).value_or(Job());
}

[[nodiscard]] inline QByteArray aboutPair(quint32 seed, const QString &expression,
                                          const DemoJob &job)
{
    return "seed " + QByteArray::number(seed) + ", filter " + expression.toUtf8() + ", job "
        + jobJson(job);
}

} // namespace Jobsweep::Testing
