// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How a job that was listed once can be created anew: the body of `POST /contextcapture/jobs`
// (schema `jobCreation` of the service's definition) from the job object as it was recorded. Pure.

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

namespace Jobsweep {

/// What the recorded job has and a creation cannot name: the service gives the new job its own.
enum class CreationLoss {
    Id,
    /// When it was created and modified.
    Dates,
    /// The new job belongs to whoever's token is used.
    Creator,
    Location,
    /// The new job has the iTwin of its workspace.
    ITwin,
    /// The ids of the reality data that were prepared for its outputs.
    OutputIds,
    EstimatedCost,
    /// What the service recorded of running it.
    ExecutionInformation,
    /// Fields that the service's definition does not have, see JobCreation::unknownFields.
    UnknownFields,
};

/// Why a recorded job cannot be created: the service requires what the record does not have.
enum class CreationObstacle {
    /// The record is not a JSON object.
    NotReadable,
    NoName,
    NoType,
    NoWorkspace,
    /// No list of inputs, or an input without its id.
    NoInputs,
    NoQuality,
    /// No list of outputs, or an output without its format.
    NoOutputs,
};

struct JobCreation
{
    QString name;
    QString type;
    QString workspaceId;
    qsizetype inputs = 0;
    /// Formats, in their order.
    QStringList outputs;
    /// Compact JSON, not empty.
    QByteArray body;
    /// In the order of the enum, each once.
    QList<CreationLoss> losses;
    /// With their place, such as `jobSettings.flavour`. Foreign text.
    QStringList unknownFields;
};

/// The reasons why it is impossible are in the order of the enum, each once, and never none.
[[nodiscard]] tl::expected<JobCreation, QList<CreationObstacle>>
creationFrom(const QByteArray &definition);

} // namespace Jobsweep
