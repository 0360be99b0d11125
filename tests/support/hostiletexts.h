// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Texts that a service may send to break or to deceive those who show them, and the means to see
// that one of them had a file opened.

#include <QByteArray>
#include <QList>
#include <QString>
#include <QTemporaryDir>

namespace Jobsweep::Testing {

struct HostileText
{
    /// What is nasty about it, for messages of tests.
    QString name;
    QString text;
};

/// A picture on the disk that nobody may open.
class Bait final
{
public:
    /// Where no file can be watched, isWatched() is false.
    Bait();
    ~Bait();
    Q_DISABLE_COPY_MOVE(Bait)

    [[nodiscard]] bool isWatched() const { return m_watch >= 0; }
    [[nodiscard]] QString path() const;
    [[nodiscard]] QString url() const;
    /// How often the picture was opened since it was asked last.
    [[nodiscard]] int timesOpened() const;

private:
    QTemporaryDir m_folder;
    int m_watch = -1;
};

/// Those of tests/fixtures/hostile-texts.json, in which {file} and {path} stand for the bait, and
/// some that are made here because of their size. None is longer than some thousand characters.
[[nodiscard]] QList<HostileText> hostileTexts(const Bait &bait);

/// Whether nothing is left of it on its way through QJsonDocument, which takes a byte order mark at
/// the beginning for none of the text.
[[nodiscard]] bool isNothing(const HostileText &text);

/// Of a million characters each.
[[nodiscard]] QList<HostileText> hugeTexts();

} // namespace Jobsweep::Testing
