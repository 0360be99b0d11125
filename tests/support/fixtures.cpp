// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fixtures.h"

#include <QDir>
#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

QByteArray fixture(const QString &fileName)
{
    QFile file(QDir(QStringLiteral(JOBSWEEP_FIXTURES)).filePath(fileName));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("There is no fixture %s", qUtf8Printable(file.fileName()));
    return file.readAll();
}

} // namespace Jobsweep::Testing
