// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything that a job's definition says, field by field, for people who want to see one job
// whole. Values, not words.

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Jobsweep {

/// All fields of the service's job schema. Whatever is missing, null or of another type than
/// documented is empty here and hides nothing else.
struct JobDetails
{
    /// Reality data that goes in.
    struct Input
    {
        QString id;
        QString description;

        friend bool operator==(const Input &, const Input &) = default;
    };

    /// Reality data that comes out; its id may be missing.
    struct Output
    {
        QString format;
        QString id;

        friend bool operator==(const Output &, const Output &) = default;
    };

    struct Settings
    {
        QString quality;
        std::optional<qint64> processingEngines;
        QList<Output> outputs;
        std::optional<bool> createsCache;
        /// The id of the cache that is used.
        QString usedCache;

        friend bool operator==(const Settings &, const Settings &) = default;
    };

    struct CostParameters
    {
        std::optional<double> gigaPixels;
        std::optional<double> megaPoints;
        QString meshQuality;

        friend bool operator==(const CostParameters &, const CostParameters &) = default;
    };

    /// An error or a warning of the execution.
    struct Message
    {
        QString code;
        QString title;
        QString message;
        QStringList params;

        friend bool operator==(const Message &, const Message &) = default;
    };

    /// Times in UTC.
    struct Execution
    {
        QDateTime submitted;
        QDateTime started;
        QDateTime ended;
        std::optional<double> estimatedUnits;
        QList<Message> errors;
        QList<Message> warnings;

        friend bool operator==(const Execution &, const Execution &) = default;
    };

    /// A field that has no place above, because the schema does not name it or because what it
    /// holds is not what the schema says.
    struct OtherField
    {
        /// "settings.extra", "inputs[2].size"
        QString path;
        /// Compact JSON.
        QString json;

        friend bool operator==(const OtherField &, const OtherField &) = default;
    };

    QString id;
    QString name;
    QString type;
    QString state;
    /// UTC.
    QDateTime created;
    QDateTime modified;
    QString iTwinId;
    QString workspaceId;
    /// The creator's e-mail address.
    QString email;
    QString location;
    QList<Input> inputs;
    Settings settings;
    CostParameters costParameters;
    std::optional<double> estimatedCost;
    Execution execution;
    /// By path.
    QList<OtherField> others;

    friend bool operator==(const JobDetails &, const JobDetails &) = default;
};

/// Reads one job object, as Job::definition holds it. Never fails: what is no JSON object is one
/// other field with an empty path.
[[nodiscard]] JobDetails readJobDetails(const QByteArray &definition);

} // namespace Jobsweep
