// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The real main window with everything beneath it, over a service made of values and a clock that
// stands still.

#include "core.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakehistory.h"
#include "tests/support/fakenetwork.h"
#include "tests/support/faketokenstore.h"
#include "tests/support/somejobs.h"
#include "ui/mainwindow.h"

#include <QAccessible>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

namespace Jobsweep::Testing {

/// What `job` has beside its definition, into which it is put.
[[nodiscard]] inline QJsonObject jsonOf(const Job &job)
{
    using namespace Qt::Literals::StringLiterals;
    const QJsonObject fields{{u"id"_s, job.id.text},
                             {u"name"_s, job.name},
                             {u"state"_s, job.stateText},
                             {u"type"_s, job.type},
                             {u"createdDateTime"_s, job.created.toString(Qt::ISODate)},
                             {u"lastModifiedDateTime"_s, job.modified.toString(Qt::ISODate)},
                             {u"iTwinId"_s, job.iTwinId},
                             {u"email"_s, job.email},
                             {u"location"_s, job.location}};
    QJsonObject json = QJsonDocument::fromJson(job.definition).object();
    for (auto field = fields.begin(); field != fields.end(); ++field)
        json.insert(field.key(), field.value());
    if (job.estimatedCost)
        json.insert(u"estimatedCost"_s, *job.estimatedCost);
    if (job.submitted.isValid()) {
        const QJsonObject execution{{u"submittedDateTime"_s, job.submitted.toString(Qt::ISODate)}};
        json.insert(u"executionInformation"_s, execution);
    }
    return json;
}

/// A service that lists `jobs` on one page and forgets those that are deleted.
struct FakeService
{
    QList<Job> jobs;
    /// Answers to DELETE by job id, used before the 204 of everyday.
    QHash<QString, Answer> refusals;
    /// When set, the answer to everything.
    std::optional<Answer> always;
    QList<QJsonObject> iTwins;
    /// Names by id.
    QHash<QString, QString> workspaces;

    [[nodiscard]] Answer answer(const Seen &seen)
    {
        using namespace Qt::Literals::StringLiterals;
        if (always)
            return *always;
        const QString path = seen.url.path();
        if (path == u"/users/me"_s)
            return Answer::ok(R"({"user":{"displayName":"Ana Silva"}})"_ba);
        if (path == u"/itwins/"_s) {
            QJsonArray list;
            for (const QJsonObject &iTwin : std::as_const(iTwins))
                list.append(iTwin);
            return Answer::ok(QJsonDocument(QJsonObject{{u"iTwins"_s, list}}).toJson());
        }
        if (path == u"/contextcapture/jobs"_s)
            return Answer::ok(page(seen.url.query(QUrl::FullyDecoded)));
        const QString id = path.section(u'/', -1);
        if (path.startsWith(u"/contextcapture/workspaces/"_s))
            return workspace(id);
        if (seen.verb == "DELETE"_ba)
            return remove(id);
        const auto found = std::find_if(jobs.cbegin(), jobs.cend(),
                                        [&id](const Job &job) { return job.id.text == id; });
        return found == jobs.cend()
            ? Answer::withStatus(404, R"({"error":{"code":"JobNotFound","message":"Gone."}})"_ba)
            : Answer::ok(QJsonDocument(QJsonObject{{u"job"_s, jsonOf(*found)}}).toJson());
    }

private:
    [[nodiscard]] QByteArray page(const QString &address) const
    {
        using namespace Qt::Literals::StringLiterals;
        QJsonArray list;
        for (const Job &job : jobs) {
            const bool isWanted = !address.contains(u"state eq"_s)
                || address.contains(u"state eq "_s + job.stateText);
            const bool isOfITwin
                = !address.contains(u"iTwinId eq"_s) || address.contains(job.iTwinId);
            if (isWanted && isOfITwin)
                list.append(jsonOf(job));
        }
        return QJsonDocument(QJsonObject{{u"jobs"_s, list}}).toJson();
    }

    [[nodiscard]] Answer workspace(const QString &id) const
    {
        using namespace Qt::Literals::StringLiterals;
        if (!workspaces.contains(id))
            return Answer::withStatus(404, R"({"error":{"code":"WorkspaceNotFound"}})"_ba);
        const QJsonObject found{{u"id"_s, id}, {u"name"_s, workspaces.value(id)}};
        return Answer::ok(QJsonDocument(QJsonObject{{u"workspace"_s, found}}).toJson());
    }

    [[nodiscard]] Answer remove(const QString &id)
    {
        if (refusals.contains(id))
            return refusals.take(id);
        jobs.removeIf([&id](const Job &job) { return job.id.text == id; });
        return Answer::withStatus(204);
    }
};

/// Declared in the order in which the program builds its parts.
template<typename Tokens>
struct WindowWith
{
    /// An empty name stands for settings of its own, which go with the window.
    explicit WindowWith(const QString &settingsFile = {},
                        std::chrono::milliseconds keychainPatience
                        = Connection::defaultKeychainPatience)
        : settings(settingsFile.isEmpty() ? folder.filePath(QStringLiteral("settings.ini"))
                                          : settingsFile),
          core({network,
                clock,
                tokens,
                settings,
                history,
                {},
                [] { return 0.5; },
                publishedLimits(),
                keychainPatience})
    {
        network.answerWith = [this](const Seen &seen) { return service.answer(seen); };
        settings.setHoldSeconds(0);
    }
    Q_DISABLE_COPY_MOVE(WindowWith)

    /// The default service with a token that works for another 43 minutes.
    void open()
    {
        const qint64 end = clock.utc().addSecs(43 * 60).toSecsSinceEpoch();
        const QByteArray claims = "{\"exp\":" + QByteArray::number(end) + '}';
        const QByteArray text = "eyJhbGciOiJub25lIn0."
            + claims.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
            + ".c2ln";
        core.connection.save(ServiceAddress(),
                             AccessToken::fromPasted(QString::fromLatin1(text)).value());
    }

    /// Lists some jobs, of which every third can be deleted, sorted by id.
    void load(int count)
    {
        service.jobs = someJobs(count);
        open();
        QTRY_COMPARE(core.lister.state(), JobLister::State::Complete);
        QTRY_VERIFY(table()->isVisible());
        table()->sortByColumn(static_cast<int>(JobModel::Column::Id), Qt::AscendingOrder);
    }
    void clickCell(int row, JobModel::Column column) const
    {
        const QModelIndex index = table()->model()->index(row, static_cast<int>(column));
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
                          table()->visualRect(index).center());
    }

    /// By its accessible name; nullptr when there is none.
    template<typename T>
    [[nodiscard]] T *named(const QString &name) const
    {
        const auto all = window.findChildren<T *>();
        for (T *widget : all) {
            const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
            if (face && face->text(QAccessible::Name) == name)
                return widget;
        }
        return nullptr;
    }
    [[nodiscard]] QTableView *table() const { return named<QTableView>(QStringLiteral("Jobs")); }
    /// The visible one with this label; nullptr when there is none.
    [[nodiscard]] QPushButton *button(const QString &text) const
    {
        const auto all = window.findChildren<QPushButton *>();
        for (QPushButton *one : all) {
            if (one->text() == text && one->isVisible())
                return one;
        }
        return nullptr;
    }
    /// What the notice bar says; empty when it is hidden.
    [[nodiscard]] QString noticeText() const
    {
        const auto *bar = named<QFrame>(QStringLiteral("Notice"));
        return bar->isVisible() ? bar->accessibleDescription() : QString();
    }
    /// The DELETEs so far.
    [[nodiscard]] QStringList deletions() const
    {
        return network.lines().filter(QStringLiteral("DELETE"));
    }

    QTemporaryDir folder;
    Settings settings;
    FakeClock clock;
    FakeService service;
    FakeNetwork network;
    Tokens tokens;
    FakeHistory history;
    Core core;
    MainWindow window{core};
};

using TestWindow = WindowWith<FakeTokenStore>;

} // namespace Jobsweep::Testing
