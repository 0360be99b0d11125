// SPDX-License-Identifier: GPL-3.0-or-later
#include "account/privatefolder.h"

#include <QDir>
#include <QFile>

namespace Jobsweep {

namespace {

constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
constexpr QFileDevice::Permissions ofOthers{0x0077};

} // namespace

bool makePrivateFolder(const QString &folder)
{
    if (!QFile::exists(folder))
        return QDir().mkpath(folder) && QFile::setPermissions(folder, onlyOwner);
    const auto permissions = QFile::permissions(folder);
    if (permissions & ofOthers)
        QFile::setPermissions(folder, permissions & ~ofOthers);
    return true;
}

} // namespace Jobsweep
