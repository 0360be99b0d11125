// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fixtures.h"

#include <QDir>
#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

QString fixtureFile(const QString &fileName)
{
    return QDir(QStringLiteral(JOBSWEEP_FIXTURES)).filePath(fileName);
}

QByteArray fixture(const QString &fileName)
{
    QFile file(fixtureFile(fileName));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("There is no fixture %s", qUtf8Printable(file.fileName()));
    return file.readAll();
}

} // namespace Jobsweep::Testing
