// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The body of a request that must leave once at most.

#include <QByteArray>
#include <QIODevice>

namespace Jobsweep {

/// Can be read once and not again: Qt, which repeats a request by itself when its connection drops
/// before an answer, asks for the body from its beginning and gives up when it does not get it
/// (QNetworkReply::ContentReSendError). Open from the start.
class OnceReadBody final : public QIODevice
{
    Q_OBJECT

public:
    explicit OnceReadBody(const QByteArray &bytes, QObject *parent = nullptr);

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] bool atEnd() const override { return bytesAvailable() == 0; }
    /// Never succeeds.
    bool reset() override { return false; }

protected:
    qint64 readData(char *data, qint64 maximum) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_bytes;
    qint64 m_read = 0;
};

} // namespace Jobsweep
