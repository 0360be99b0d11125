// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exportwording.h"

#include "ui/plaintext.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Wording {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

QString kindOfFailure(const TargetFailure &failure)
{
    const QString file = isolated(failure.fileName);
    switch (failure.kind) {
    case TargetFailure::Kind::NotWritable:
        return Words::tr("The file %1 cannot be written. Choose another place, or give yourself "
                         "permission to write there.")
            .arg(file);
    case TargetFailure::Kind::DiskFull:
        return Words::tr("There is no room for %1 on the disk. Make room, or choose another place.")
            .arg(file);
    case TargetFailure::Kind::FolderGone:
        return Words::tr("The file %1 cannot be written, because its folder is not there. Choose "
                         "another place.")
            .arg(file);
    case TargetFailure::Kind::NotAFile:
        return Words::tr("The file %1 cannot be written: something with this name is there, and it "
                         "is not a file. Choose another name.")
            .arg(file);
    case TargetFailure::Kind::Broken:
        return Words::tr("Writing the file %1 failed. Check the disk, or choose another place.")
            .arg(file);
    }
    return {};
}

} // namespace

QString targetFailure(const TargetFailure &failure)
{
    return withReason(kindOfFailure(failure), failure.technicalText);
}

QString withReason(const QString &sentences, const QString &reason)
{
    return reason.isEmpty()
        ? sentences
        : sentences % u' ' % Words::tr("The system says: %1").arg(isolated(reason));
}

} // namespace Jobsweep::Wording
