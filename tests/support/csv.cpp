// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/csv.h"

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

QList<QStringList> parsedCsv(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    QList<QStringList> rows{{}};
    qsizetype at = 0;
    const auto field = [&text, &at]() -> QString {
        QString value;
        if (at < text.size() && text.at(at) == u'"') {
            for (++at; at < text.size(); ++at) {
                if (text.at(at) != u'"') {
                    value += text.at(at);
                } else if (text.mid(at + 1, 1) == u"\""_s) {
                    value += text.at(at++);
                } else {
                    ++at;
                    return value;
                }
            }
            return u"(no closing quote)"_s;
        }
        for (; at < text.size() && text.at(at) != u',' && text.at(at) != u'\r'; ++at) {
            if (text.at(at) == u'"' || text.at(at) == u'\n')
                return u"(stray character)"_s;
            value += text.at(at);
        }
        return value;
    };
    while (at < text.size()) {
        rows.last().append(field());
        if (text.mid(at, 2) == u"\r\n"_s) {
            at += 2;
            rows.append(QStringList());
        } else if (text.mid(at, 1) == u","_s) {
            ++at;
        } else {
            rows.append({u"(no end of field)"_s});
            return rows;
        }
    }
    rows.removeLast();
    return rows;
}

} // namespace Jobsweep::Testing
