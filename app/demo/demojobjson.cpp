// SPDX-License-Identifier: GPL-3.0-or-later
// Written by hand because QJsonObject takes so long for a hundred thousand jobs that a client's own
// speed could not be seen.
#include "demo/demodata.h"

#include <QLocale>

#include <chrono>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

QByteArray quoted(const QString &text)
{
    const QByteArray plain = text.toUtf8();
    QByteArray result;
    result.reserve(plain.size() + 16);
    result.append('"');
    for (const char character : plain) {
        if (character == '"' || character == '\\') {
            result.append('\\').append(character);
        } else if (static_cast<unsigned char>(character) < 0x20) {
            result.append("\\u00").append(QByteArray(1, character).toHex());
        } else {
            result.append(character);
        }
    }
    return result.append('"');
}

QByteArray time(qint64 milliseconds)
{
    return quoted(serviceTime(milliseconds));
}

QByteArray number(double value)
{
    return QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}

/// An object or array that grows by one member at a time.
class Group final
{
public:
    explicit Group(char open) : m_close(open == '{' ? '}' : ']')
    {
        m_text.reserve(2048);
        m_text.append(open);
    }

    void add(const QByteArray &value)
    {
        if (m_text.size() > 1) {
            m_text.append(',');
        }
        m_text.append(value);
    }
    void add(const char *name, const QByteArray &value)
    {
        add(QByteArray());
        m_text.append('"').append(name).append("\":").append(value);
    }
    [[nodiscard]] QByteArray closed() const { return m_text + m_close; }

private:
    QByteArray m_text;
    char m_close;
};

QByteArray inputsOf(const DemoJob &job)
{
    Group inputs('[');
    for (const QString &id : job.facts.inputIds) {
        Group input('{');
        input.add("id", quoted(id));
        input.add("description", R"("Drone ImageCollection")"_ba);
        inputs.add(input.closed());
    }
    return inputs.closed();
}

QByteArray settingsOf(const DemoJob &job)
{
    Group outputs('[');
    for (qsizetype i = 0; i < job.facts.outputIds.size(); ++i) {
        Group output('{');
        output.add("format", quoted(job.outputFormats.at(i)));
        output.add("id", quoted(job.facts.outputIds.at(i)));
        outputs.add(output.closed());
    }
    Group settings('{');
    settings.add("quality", quoted(job.quality));
    settings.add("outputs", outputs.closed());
    settings.add("processingEngines", QByteArray::number(job.processingEngines));
    settings.add("cacheSettings", R"({"createCache":false})"_ba);
    return settings.closed();
}

QByteArray costOf(const DemoJob &job)
{
    Group cost('{');
    cost.add("gigaPixels", number(job.gigaPixels));
    cost.add("megaPoints", "0"_ba);
    cost.add("meshQuality", quoted(job.quality));
    return cost.closed();
}

/// Absent or null for drafts: both are documented and clients must bear both.
void addExecution(Group &object, const DemoJob &job)
{
    constexpr qint64 queued = 8'000;
    constexpr qint64 running = 40 * 60'000;
    if (job.submittedMilliseconds == 0) {
        if (job.processingEngines % 2 == 0) {
            object.add("executionInformation", "null"_ba);
        }
        return;
    }
    Group execution('{');
    execution.add("submittedDateTime", time(job.submittedMilliseconds));
    execution.add("startedDateTime", time(job.submittedMilliseconds + queued));
    if (job.facts.state != "active"_L1) {
        execution.add("endedDateTime", time(job.submittedMilliseconds + running));
        execution.add("estimatedUnits", number(job.gigaPixels / 40));
    }
    if (job.facts.state == "failed"_L1) {
        execution.add("errors",
                      R"([{"code":"MissingPhotos","title":"Photos are missing",)"
                      R"("message":"3 photos could not be read.","params":["3"]}])"_ba);
    }
    object.add("executionInformation", execution.closed());
}

} // namespace

QString serviceTime(qint64 milliseconds)
{
    using namespace std::chrono;
    const sys_time<std::chrono::milliseconds> moment{std::chrono::milliseconds(milliseconds)};
    const auto day = floor<days>(moment);
    const year_month_day date(day);
    const hh_mm_ss clock(moment - day);
    return QString::asprintf(
        "%04d-%02u-%02uT%02d:%02d:%02d.%03d0000+00:00", int(date.year()), unsigned(date.month()),
        unsigned(date.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count()));
}

QByteArray jobJson(const DemoJob &job)
{
    Group object('{');
    object.add("id", quoted(job.facts.id));
    object.add("name", quoted(job.facts.name));
    object.add("type", quoted(job.facts.type));
    object.add("state", quoted(job.facts.state));
    object.add("createdDateTime", time(job.facts.createdMilliseconds));
    object.add("lastModifiedDateTime", time(job.modifiedMilliseconds));
    if (!job.facts.iTwinId.isEmpty()) {
        object.add("iTwinId", quoted(job.facts.iTwinId));
    }
    object.add("location", quoted(job.location));
    object.add("email", quoted(job.facts.email));
    object.add("workspaceId", quoted(job.workspaceId));
    addExecution(object, job);
    object.add("inputs", inputsOf(job));
    object.add("jobSettings", settingsOf(job));
    object.add("costEstimationParameters", costOf(job));
    object.add("estimatedCost", number(std::round(job.gigaPixels * 150) / 100));
    return object.closed();
}

} // namespace Jobsweep
