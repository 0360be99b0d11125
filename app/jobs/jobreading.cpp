// SPDX-License-Identifier: GPL-3.0-or-later

// Reads jobs from the service's JSON: the functions of that kind in job.h.
//
// simdjson reads a page in a tenth of the time that Qt takes, checks all of it, and tells where
// each job's text begins and ends, so that a definition is kept as it came. It refuses a little
// that Qt takes: a byte order mark, whole numbers beyond 64 bits, half a surrogate pair. There Qt
// decides.

#include "jobs/job.h"
#include "jobs/servicetext.h"
#include "jobs/servicetime.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QUrl>
#include <QUrlQuery>

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

// FastValue and QtValue are the same view of a value for the readers below. One that is absent, or
// of another kind than is asked for, is empty.

class FastValue
{
public:
    FastValue() = default;
    explicit FastValue(simdjson::dom::element element) : m_element(element) { }

    [[nodiscard]] bool isObject() const { return m_element && m_element->is_object(); }
    [[nodiscard]] bool isArray() const { return m_element && m_element->is_array(); }
    [[nodiscard]] bool isAbsent() const { return !m_element || m_element->is_null(); }
    [[nodiscard]] QString text() const
    {
        std::string_view text;
        if (!m_element || m_element->get(text) != simdjson::SUCCESS)
            return {};
        return textFromUtf8(text);
    }
    [[nodiscard]] QDateTime time() const
    {
        std::string_view text;
        if (!m_element || m_element->get(text) != simdjson::SUCCESS)
            return {};
        return timeFromService(text);
    }
    [[nodiscard]] std::optional<double> number() const
    {
        double number = 0;
        if (!m_element || m_element->get(number) != simdjson::SUCCESS)
            return {};
        return number;
    }
    /// Calls with the name and the value of each field of an object.
    template<typename Take>
    void forEachField(Take take) const
    {
        simdjson::dom::object object;
        if (!m_element || m_element->get(object) != simdjson::SUCCESS)
            return;
        for (const auto field : object)
            take(field.key, FastValue(field.value));
    }
    [[nodiscard]] std::vector<FastValue> elements() const
    {
        std::vector<FastValue> all;
        simdjson::dom::array array;
        if (!m_element || m_element->get(array) != simdjson::SUCCESS)
            return all;
        all.reserve(array.size());
        for (const auto element : array)
            all.emplace_back(element);
        return all;
    }

private:
    std::optional<simdjson::dom::element> m_element;
};

class QtValue
{
public:
    QtValue() : m_value(QJsonValue::Undefined) { }
    explicit QtValue(const QJsonValue &value) : m_value(value) { }

    [[nodiscard]] bool isObject() const { return m_value.isObject(); }
    [[nodiscard]] bool isArray() const { return m_value.isArray(); }
    [[nodiscard]] bool isAbsent() const { return m_value.isUndefined() || m_value.isNull(); }
    [[nodiscard]] QString text() const { return m_value.toString(); }
    [[nodiscard]] QDateTime time() const { return timeFromService(text()); }
    [[nodiscard]] std::optional<double> number() const
    {
        return m_value.isDouble() ? std::optional(m_value.toDouble()) : std::nullopt;
    }
    template<typename Take>
    void forEachField(Take take) const
    {
        const QJsonObject object = m_value.toObject();
        for (auto field = object.begin(); field != object.end(); ++field)
            take(field.key().toStdString(), QtValue(field.value()));
    }
    [[nodiscard]] std::vector<QtValue> elements() const
    {
        const QJsonArray array = m_value.toArray();
        std::vector<QtValue> all;
        all.reserve(static_cast<size_t>(array.size()));
        for (const auto &value : array)
            all.emplace_back(value);
        return all;
    }
    [[nodiscard]] QByteArray definition() const
    {
        return QJsonDocument(m_value.toObject()).toJson(QJsonDocument::Compact);
    }

private:
    QJsonValue m_value;
};

/// The values of these fields, in one go; the last one where there are several, as Qt has it.
template<typename Value, size_t count>
std::array<Value, count> fieldsOf(const Value &object,
                                  const std::array<std::string_view, count> &names)
{
    std::array<Value, count> values;
    object.forEachField([&values, &names](std::string_view name, const Value &value) {
        const auto known = std::ranges::find(names, name);
        if (known != names.end())
            values[static_cast<size_t>(known - names.begin())] = value;
    });
    return values;
}

template<typename Value>
Value fieldOf(const Value &object, std::string_view name)
{
    return fieldsOf(object, std::array{name}).front();
}

/// The text of an object, as it came; empty for anything else.
QByteArray definitionOf(simdjson::ondemand::value value)
{
    simdjson::ondemand::object object;
    std::string_view raw;
    if (value.get_object().get(object) != simdjson::SUCCESS
        || object.raw_json().get(raw) != simdjson::SUCCESS)
        return {};
    // It reaches up to the next token.
    raw = raw.substr(0, raw.find_last_of('}') + 1);
    return {raw.data(), static_cast<qsizetype>(raw.size())};
}

/// The definitions in field `name` of a document that is known to be right: of each element where
/// it is an array, else its own.
QByteArrayList definitionsIn(const simdjson::padded_string &text, std::string_view name)
{
    QByteArrayList definitions;
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::object root;
    if (parser.iterate(text).get(document) != simdjson::SUCCESS
        || document.get_object().get(root) != simdjson::SUCCESS)
        return definitions;
    for (auto field : root) {
        std::string_view key;
        if (field.unescaped_key().get(key) != simdjson::SUCCESS || key != name)
            continue;
        definitions.clear();
        simdjson::ondemand::value value;
        simdjson::ondemand::array array;
        if (field.value().get(value) != simdjson::SUCCESS)
            continue;
        if (value.get_array().get(array) != simdjson::SUCCESS) {
            definitions.append(definitionOf(value));
            continue;
        }
        for (auto element : array) {
            simdjson::ondemand::value one;
            definitions.append(element.get(one) == simdjson::SUCCESS ? definitionOf(one)
                                                                     : QByteArray());
        }
    }
    return definitions;
}

/// One copy of each text that many rows share, so that a page of 1000 jobs does not hold 1000
/// copies of the same e-mail address.
class SharedTexts
{
public:
    QString share(const QString &text) { return *m_texts.insert(text); }

private:
    QSet<QString> m_texts;
};

template<typename Value>
std::optional<Job> readJob(const Value &value, const QByteArray &definition, SharedTexts *texts)
{
    constexpr std::array<std::string_view, 12> names{"id",
                                                     "state",
                                                     "name",
                                                     "type",
                                                     "email",
                                                     "location",
                                                     "iTwinId",
                                                     "workspaceId",
                                                     "estimatedCost",
                                                     "createdDateTime",
                                                     "lastModifiedDateTime",
                                                     "executionInformation"};
    const auto [id, state, name, type, email, location, iTwinId, workspaceId, cost, created,
                modified, execution]
        = fieldsOf(value, names);
    Job job;
    job.id.text = id.text();
    const QString stateText = state.text();
    if (job.id.text.isEmpty() || stateText.isEmpty())
        return {};
    job.name = name.text();
    job.state = jobStateFromText(stateText);
    job.stateText = texts->share(stateText);
    job.type = texts->share(type.text());
    job.created = created.time();
    job.modified = modified.time();
    const auto submitted = fieldOf(execution, "submittedDateTime");
    job.submitted = submitted.time();
    job.hasUnreadableSubmission = !submitted.isAbsent() && !job.submitted.isValid();
    job.iTwinId = texts->share(iTwinId.text());
    job.workspaceId = texts->share(workspaceId.text());
    job.email = texts->share(email.text());
    job.location = texts->share(location.text());
    job.estimatedCost = cost.number();
    job.definition = definition;
    return job;
}

/// The token alone; the address it stands in is never requested (it is published with raw spaces,
/// without `$top`, and could name any host).
QString continuationTokenIn(const QString &href)
{
    // QUrl's own decoding leaves some characters as they are, which would then be encoded twice.
    const QString encoded
        = QUrlQuery(QUrl(href)).queryItemValue(u"continuationToken"_s, QUrl::FullyEncoded);
    return QUrl::fromPercentEncoding(encoded.toLatin1());
}

/// Nothing where the shape is wrong. `definitions` are those of the elements of `jobs`.
template<typename Value, typename Definitions>
std::optional<JobPage> readPage(const Value &root, const Definitions &definitions)
{
    const auto jobs = fieldOf(root, "jobs");
    if (!root.isObject() || (!jobs.isAbsent() && !jobs.isArray()))
        return {};
    JobPage page;
    SharedTexts texts;
    const auto elements = jobs.elements();
    page.jobs.reserve(static_cast<qsizetype>(elements.size()));
    qsizetype number = 0;
    for (const auto &element : elements) {
        if (auto job = readJob(element, definitions(element, number++), &texts))
            page.jobs.append(*std::move(job));
        else
            ++page.unreadable;
    }
    const auto next = fieldOf(fieldOf(root, "_links"), "next");
    page.continuationToken = continuationTokenIn(fieldOf(next, "href").text());
    return page;
}

ApiError malformed(MalformedReply::Reason reason, const QByteArray &body)
{
    MalformedReply reply;
    reply.reason = reason;
    reply.rawBody = body.left(maximumErrorBytes);
    return reply;
}

/// Calls the one that suits, with the root of the document: `fast` gets its text, too.
template<typename T, typename Fast, typename Patient>
Result<T> readDocument(const QByteArray &body, Fast fast, Patient patient)
{
    std::optional<T> read;
    const simdjson::padded_string text(body.constData(), static_cast<size_t>(body.size()));
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    if (parser.parse(text).get(root) == simdjson::SUCCESS) {
        read = fast(FastValue(root), text);
    } else {
        QJsonParseError error;
        const QJsonDocument document = documentFromJson(body, &error);
        if (error.error != QJsonParseError::NoError)
            return tl::unexpected(malformed(MalformedReply::Reason::NotJson, body));
        if (document.isObject())
            read = patient(QtValue(document.object()));
    }
    if (!read)
        return tl::unexpected(malformed(MalformedReply::Reason::WrongShape, body));
    return *std::move(read);
}

} // namespace

Result<JobPage> parseJobPage(const QByteArray &body)
{
    return readDocument<JobPage>(
        body,
        [](const FastValue &root, const simdjson::padded_string &text) {
            const QByteArrayList definitions = definitionsIn(text, "jobs");
            return readPage(root, [&definitions](const FastValue &, qsizetype number) {
                return definitions.value(number);
            });
        },
        [](const QtValue &root) {
            return readPage(root, [](const QtValue &job, qsizetype) { return job.definition(); });
        });
}

Result<Job> parseJob(const QByteArray &definition)
{
    SharedTexts texts;
    return readDocument<Job>(
        definition,
        [&](const FastValue &root, const simdjson::padded_string &) {
            return readJob(root, definition, &texts);
        },
        [&](const QtValue &root) { return readJob(root, root.definition(), &texts); });
}

Result<Job> parseJobReply(const QByteArray &body)
{
    SharedTexts texts;
    return readDocument<Job>(
        body,
        [&texts](const FastValue &root, const simdjson::padded_string &text) {
            return readJob(fieldOf(root, "job"), definitionsIn(text, "job").value(0), &texts);
        },
        [&texts](const QtValue &root) {
            const QtValue job = fieldOf(root, "job");
            return readJob(job, job.definition(), &texts);
        });
}

} // namespace Jobsweep
