// SPDX-License-Identifier: GPL-3.0-or-later

// The panel that shows one error whole, found by accessible names as a screen reader finds it.

#include "tests/support/fakeclock.h"
#include "tests/support/findwidgets.h"
#include "tests/support/fixtures.h"
#include "ui/deletion/errorpanel.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTest>

using namespace Jobsweep;
using namespace Qt::Literals::StringLiterals;
using Testing::button;
using Testing::FakeClock;
using Testing::fixture;
using Testing::named;
using Testing::shows;

namespace {

constexpr auto secret = "eyJhbGciOi.secret.token"_L1;

QString redactSecret(const QString &text)
{
    return QString(text).replace(secret, "[redacted]"_L1);
}

QString valueOf(const QWidget &panel, const QString &name)
{
    const auto *label = named<QLabel>(panel, name);
    return label == nullptr ? u"(no such label)"_s : label->text();
}

HttpFailure recorded(int status, const QString &fileName)
{
    HttpFailure failure;
    failure.status = status;
    failure.rawBody = fixture(fileName);
    readErrorBody(failure.rawBody, &failure);
    failure.exchange.sends = 1;
    failure.exchange.correlationId = u"0f8fad5b-d9cb-469f-a165-70867728950e"_s;
    return failure;
}

} // namespace

class ErrorPanelTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void saysWhatToSelectWhenEmpty();
    void submittedJobIsShownWhole();
    void allCausesAreShown();
    void limitCountsDown();
    void countdownRunsWhileVisible();
    void longIdsAreNotCutOff();
    void anotherErrorReplacesTheFirst();
    void clearForgetsTheError();
    void foreignTextStaysText();
    void reportIsRedacted();
    void valuesAreReadToScreenReaders();

private:
    FakeClock m_clock;
    ErrorPanel m_panel{m_clock, redactSecret};
};

void ErrorPanelTest::saysWhatToSelectWhenEmpty()
{
    QCOMPARE(m_panel.accessibleName(), u"Error details"_s);
    m_panel.show();
    QVERIFY(shows(m_panel, u"Select a job whose deletion failed to see why."_s));
    QVERIFY(!button(m_panel, u"Copy Report"_s));
}

void ErrorPanelTest::submittedJobIsShownWhole()
{
    m_panel.setError(recorded(422, u"422-delete.json"_s), Occasion::Deleting, u"Bridge"_s);
    QVERIFY(shows(m_panel, u"This job was already submitted, so it can no longer be deleted."_s));
    QTRY_COMPARE(valueOf(m_panel, u"Job"_s), u"Bridge"_s);
    QCOMPARE(valueOf(m_panel, u"HTTP status"_s), u"422"_s);
    QCOMPARE(valueOf(m_panel, u"Code"_s), u"InvalidContextCaptureRequest"_s);
    QCOMPARE(valueOf(m_panel, u"Message"_s), u"Cannot delete job."_s);
    QCOMPARE(valueOf(m_panel, u"Target"_s), u"not given"_s);
    QCOMPARE(valueOf(m_panel, u"Correlation id"_s), u"0f8fad5b-d9cb-469f-a165-70867728950e"_s);
    const auto *causes = named<QTableWidget>(m_panel, u"Error causes"_s);
    QVERIFY(causes != nullptr);
    QCOMPARE(causes->rowCount(), 1);
    QCOMPARE(causes->item(0, 0)->text(), u"InvalidChange"_s);
    QCOMPARE(causes->item(0, 1)->text(), u"Cannot delete an already submitted job."_s);
    const auto *raw = named<QPlainTextEdit>(m_panel, u"Raw answer"_s);
    QVERIFY(raw->isReadOnly());
    QVERIFY(raw->toPlainText().contains(u"\"code\": \"InvalidChange\""_s));
    QVERIFY(named<QLabel>(m_panel, u"Limited tier"_s) == nullptr);
}

void ErrorPanelTest::allCausesAreShown()
{
    HttpFailure failure = recorded(422, u"422-list.json"_s);
    failure.details.append({u"InvalidValue"_s, u"No."_s, u"$filter"_s});
    m_panel.setError(failure, Occasion::Listing, {});
    const auto *causes = named<QTableWidget>(m_panel, u"Error causes"_s);
    QCOMPARE(causes->rowCount(), 2);
    QCOMPARE(causes->item(0, 2)->text(), u"$Top"_s);
    QCOMPARE(causes->item(1, 0)->text(), u"InvalidValue"_s);
    QVERIFY(shows(m_panel, u"The $top query parameter value must be a positive integer"_s));
}

void ErrorPanelTest::limitCountsDown()
{
    HttpFailure limited = recorded(429, u"429.json"_s);
    limited.limit = {u"Community"_s, u"contextcapture"_s, u"jobs-delete"_s, u"my-app"_s};
    limited.retryAfter = std::chrono::seconds(90);
    m_panel.setContinuesAt(m_clock.now() + std::chrono::seconds(90));
    m_panel.setError(limited, Occasion::Deleting, u"Bridge"_s);
    QTRY_COMPARE(valueOf(m_panel, u"Limited tier"_s), u"Community"_s);
    QCOMPARE(valueOf(m_panel, u"Limited API"_s), u"contextcapture"_s);
    QCOMPARE(valueOf(m_panel, u"Limited operation"_s), u"jobs-delete"_s);
    QCOMPARE(valueOf(m_panel, u"Limited application"_s), u"my-app"_s);
    QCOMPARE(valueOf(m_panel, u"Continues in"_s), u"1 min 30 s"_s);
    QVERIFY(named<QTableWidget>(m_panel, u"Error causes"_s) == nullptr);
}

void ErrorPanelTest::countdownRunsWhileVisible()
{
    m_panel.show();
    m_clock.advance(std::chrono::seconds(80));
    QTRY_COMPARE(valueOf(m_panel, u"Continues in"_s), u"10 s"_s);
    m_panel.hide();
    m_clock.advance(std::chrono::seconds(2));
    m_panel.show();
    QCOMPARE(valueOf(m_panel, u"Continues in"_s), u"8 s"_s);
    m_clock.advance(std::chrono::seconds(20));
    QTRY_COMPARE(valueOf(m_panel, u"Continues in"_s), u"the pause is over"_s);
}

void ErrorPanelTest::longIdsAreNotCutOff()
{
    HttpFailure failure = recorded(422, u"422-delete.json"_s);
    // No place in it where a line may be broken.
    failure.exchange.correlationId = u"10650360-5356-4754-9270-3bb358773210"_s;
    m_panel.setError(failure, Occasion::Deleting, u"Bridge"_s);
    m_panel.show();
    m_panel.resize(1, 400);
    const auto *area = m_panel.findChild<QScrollArea *>();
    QTRY_VERIFY(area->verticalScrollBar()->isVisible());
    QTRY_COMPARE(area->widget()->width(), area->viewport()->width());
}

void ErrorPanelTest::anotherErrorReplacesTheFirst()
{
    NetworkFailure failure;
    failure.technicalText = u"Connection refused"_s;
    m_panel.setError(failure, Occasion::Listing, {});
    QVERIFY(shows(m_panel, u"The service could not be reached."_s));
    QTRY_COMPARE(valueOf(m_panel, u"Technical reason"_s), u"Connection refused"_s);
    for (const QString &name : {u"HTTP status"_s, u"Continues in"_s, u"Limited tier"_s, u"Job"_s})
        QVERIFY2(named<QLabel>(m_panel, name) == nullptr, qPrintable(name));
    QVERIFY(named<QPlainTextEdit>(m_panel, u"Raw answer"_s) == nullptr);
}

void ErrorPanelTest::clearForgetsTheError()
{
    m_panel.clear();
    QVERIFY(!shows(m_panel, u"The service could not be reached."_s));
    QVERIFY(shows(m_panel, u"Select a job"_s));
}

void ErrorPanelTest::foreignTextStaysText()
{
    HttpFailure failure = recorded(422, u"422-list.json"_s);
    failure.message = u"<b>bold</b>\u202E"_s;
    failure.details.first().message = u"<img src='x'>"_s;
    m_panel.setError(failure, Occasion::Deleting, u"<i>job</i>"_s);
    QTRY_COMPARE(valueOf(m_panel, u"Message"_s), u"<b>bold</b>\\u{202E}"_s);
    const QList<QLabel *> labels = m_panel.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void ErrorPanelTest::reportIsRedacted()
{
    HttpFailure failure = recorded(422, u"422-delete.json"_s);
    failure.message = u"Token "_s + secret + u" is bad."_s;
    m_panel.setError(failure, Occasion::Deleting, u"Bridge"_s);
    QTest::mouseClick(button(m_panel, u"Copy Report"_s), Qt::LeftButton);
    const QString report = QGuiApplication::clipboard()->text();
    QVERIFY(report.contains(u"InvalidChange"_s));
    QVERIFY(report.contains(u"Token [redacted] is bad."_s));
    QVERIFY(!report.contains(secret));
}

void ErrorPanelTest::valuesAreReadToScreenReaders()
{
    m_panel.setError(recorded(422, u"422-delete.json"_s), Occasion::Deleting, u"Bridge"_s);
    QTRY_VERIFY(named<QLabel>(m_panel, u"HTTP status"_s) != nullptr);
    auto *label = named<QLabel>(m_panel, u"HTTP status"_s);
    QCOMPARE(label->accessibleDescription(), u"422"_s);
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(label);
    QCOMPARE(accessible->text(QAccessible::Name), u"HTTP status"_s);
    QCOMPARE(accessible->role(), QAccessible::StaticText);
    QAccessibleTextInterface *text = accessible->textInterface();
    QVERIFY(text != nullptr);
    QCOMPARE(text->text(0, text->characterCount()), u"422"_s);
}

QTEST_MAIN(ErrorPanelTest)
#include "tst_errorpanel.moc"
