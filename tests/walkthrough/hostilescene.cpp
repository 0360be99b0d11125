// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/walkthrough/hostilescene.h"

#include "tests/support/findwidgets.h"
#include "tests/support/hostiletexts.h"
#include "tests/support/testwindow.h"
#include "tests/walkthrough/stage.h"
#include "ui/plaintext.h"

#include <QComboBox>
#include <QHelpEvent>
#include <QToolTip>
#include <QTreeView>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

namespace {

using Column = JobModel::Column;

/// Some of each kind, in the order of the rows.
constexpr std::array chosen{
    QStringView(u"image of a file"),
    QStringView(u"right-to-left override"),
    QStringView(u"storms of accents"),
    QStringView(u"ampersand between words"),
    QStringView(u"word as wide as a screen"),
    QStringView(u"all of C0"),
    QStringView(u"Arabic with digits and brackets"),
    QStringView(u"hundreds of emoji"),
    QStringView(u"big red"),
    QStringView(u"formula with link"),
    QStringView(u"placeholders"),
    QStringView(u"many line feeds"),
    QStringView(u"emoji family"),
    QStringView(u"lone high surrogate"),
    QStringView(u"widest letter"),
    QStringView(u"terminal colour"),
    QStringView(u"variation selectors"),
    QStringView(u"tall script"),
    QStringView(u"document type"),
    QStringView(u"link to a file"),
    QStringView(u"Thai"),
    QStringView(u"hundreds of widest letters"),
};

QByteArray refusalWith(const QString &text)
{
    const QJsonObject cause{{u"code"_s, text}, {u"message"_s, text}, {u"target"_s, text}};
    const QJsonObject error{{u"code"_s, text},
                            {u"message"_s, text},
                            {u"target"_s, text},
                            {u"details"_s, QJsonArray{cause, cause}}};
    return QJsonDocument(QJsonObject{{u"error"_s, error}}).toJson();
}

void fill(FakeService &service, const QList<HostileText> &texts)
{
    for (qsizetype i = 0; i < texts.size(); ++i) {
        Job job = someJob(static_cast<int>(i));
        const QString &text = texts.at(i).text;
        job.state = JobState::Unsubmitted;
        job.stateText = i % 5 == 4 ? text : textOf(job.state);
        job.submitted = {};
        job.name = job.email = job.type = job.location = text;
        job.iTwinId = u"11111111-0000-4000-8000-%1"_s.arg(i, 12, 10, QChar(u'0'));
        job.definition
            = QJsonDocument(QJsonObject{{text, text}, {u"workspaceId"_s, text}}).toJson();
        service.jobs.append(job);
        service.iTwins.append({{u"id"_s, job.iTwinId}, {u"displayName"_s, text}});
        service.refusals.insert(
            job.id.text,
            Answer::withStatus(422, refusalWith(text),
                               {{"x-correlation-id", text.left(100).toUtf8()}}));
    }
}

QModelIndex cellOf(const TestWindow &test, int row, Column column)
{
    return test.table()->model()->index(row, static_cast<int>(column));
}

void showToolTip(const TestWindow &test, int row)
{
    QTableView *table = test.table();
    const QPoint place = table->visualRect(cellOf(test, row, Column::Name)).center();
    QHelpEvent help(QEvent::ToolTip, place, table->viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(table->viewport(), &help);
}

} // namespace

void showHostileTexts(Stage &stage)
{
    const Bait bait;
    QList<HostileText> texts;
    const QList<HostileText> all = hostileTexts(bait);
    for (const QStringView name : chosen) {
        const auto found = std::ranges::find_if(
            all, [name](const HostileText &text) { return text.name == name; });
        if (found == all.end())
            throw CheckFailed{u"there is no text “%1”"_s.arg(name)};
        texts.append(*found);
    }
    TestWindow test;
    fill(test.service, texts);
    const QByteArray user
        = QJsonDocument(QJsonObject{{u"user"_s, QJsonObject{{u"displayName"_s, texts.at(4).text}}}})
              .toJson();
    test.network.answerWith = [&test, &user](const Seen &seen) {
        return seen.url.path() == u"/users/me"_s ? Answer::ok(user) : test.service.answer(seen);
    };
    test.window.resize(1280, 800);
    test.window.show();
    stage.turnTo(test.window);
    test.open();
    test.core.connection.save(test.core.connection.address(), {});
    stage.begin(u"The table"_s);
    actionFor(test.window, QKeySequence(Qt::Key_F5))->trigger();
    QTest::keyClick(test.named<QComboBox>(u"State"_s), Qt::Key_Up);
    stage.waitFor(u"the jobs are listed"_s,
                  [&] { return stage.says(u"%1 jobs"_s.arg(texts.size())); });
    test.table()->sortByColumn(static_cast<int>(Column::Id), Qt::AscendingOrder);
    stage.picture(u"table"_s);

    stage.begin(u"Details and raw JSON"_s);
    actionFor(test.window, QKeySequence(Qt::Key_F9))->trigger();
    for (const int row : {0, 2, 4, 8}) {
        test.table()->selectRow(row);
        stage.waitFor(u"they are those of the row"_s,
                      [&] { return stage.says(cellOf(test, row, Column::Id).data().toString()); });
        stage.picture(u"details"_s);
    }
    stage.begin(u"Summary, menu, chips"_s);
    actionFor(test.window, QKeySequence(Qt::Key_F8))->trigger();
    stage.waitFor(u"the drafts are counted"_s, [&] { return stage.says(u"22"_s); });
    stage.picture(u"summary"_s);
    stage.openContextMenu(*test.table(), cellOf(test, 3, Column::Name));
    stage.picture(u"menu"_s);
    stage.closeMenu();
    showToolTip(test, 4);
    stage.picture(u"tooltip"_s);
    QToolTip::hideText();

    stage.begin(u"Confirmation"_s);
    test.table()->selectAll();
    QAction *remove = actionFor(test.window, QKeySequence(Qt::Key_Delete));
    stage.waitFor(u"they can be deleted"_s, [&] { return remove->isEnabled(); });
    remove->trigger();
    stage.waitFor(u"the dialog opens"_s, [&] { return &stage.front() != &test.window; });
    stage.picture(u"confirmation"_s);
    const auto buttons = stage.front().findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->text().endsWith(u"Jobs"_s))
            button->click();
    }
    stage.begin(u"Problems and errors"_s);
    auto *problems = test.named<QTreeView>(u"Problems"_s);
    stage.waitFor(u"all are refused"_s,
                  [&] { return !test.core.queue.isBusy() && problems->model()->rowCount() > 10; });
    for (const int row : {0, 2, 3, 4, 9}) {
        problems->setCurrentIndex(problems->model()->index(row, 0));
        stage.picture(u"error"_s);
    }
}

} // namespace Jobsweep::Testing
