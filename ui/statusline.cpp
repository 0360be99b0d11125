// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statusline.h"

#include "ui/plaintext.h"
#include "ui/valuelabel.h"
#include "ui/wording.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(StatusLine)
};

QString minutesText(std::chrono::minutes time)
{
    using namespace std::chrono;
    if (time < hours(1))
        return Words::tr("%1 min", "minutes").arg(time.count());
    return Words::tr("%1 h %2 min", "hours, minutes")
        .arg(time / hours(1))
        .arg((time % hours(1)).count());
}

QString selectionText(const JobCounts &counts)
{
    QStringList parts;
    if (counts.deletable > 0)
        parts.append(counts.deletable == 1 ? Words::tr("1 draft")
                                           : Words::tr("%Ln drafts", nullptr, counts.deletable));
    if (counts.inDeletion > 0)
        parts.append(Words::tr("%Ln being deleted", nullptr, counts.inDeletion));
    const int others = counts.selected - counts.deletable - counts.inDeletion;
    if (others > 0)
        parts.append(Words::tr("%Ln not deletable", nullptr, others));
    return Words::tr("%1 selected: %2", "count, what they are")
        .arg(QLocale().toString(counts.selected),
             parts.join(Words::tr(", ", "between what is selected")));
}

ValueLabel *makeField(const QString &accessibleName)
{
    auto *label = new ValueLabel(accessibleName);
    label->setWordWrap(false);
    label->setContentsMargins(label->fontMetrics().averageCharWidth(), 0,
                              label->fontMetrics().averageCharWidth(), 0);
    return label;
}

} // namespace

QString countsText(const JobCounts &counts)
{
    const QString jobs
        = counts.loaded == 1 ? Words::tr("1 job") : Words::tr("%Ln jobs", nullptr, counts.loaded);
    const bool isFiltered = counts.shown != counts.loaded;
    QString text = jobs;
    if (isFiltered)
        text = Words::tr("%1 of %2 shown").arg(QLocale().toString(counts.shown), jobs);
    if (counts.isLoading)
        text = isFiltered ? Words::tr("%1, more to come").arg(text)
                          : Words::tr("%1 loaded, more to come").arg(text);
    if (counts.unreadable > 0)
        text = Words::tr("%1; %Ln more could not be read", "jobs shown; entries of the list",
                         counts.unreadable)
                   .arg(text);
    if (counts.selected > 0)
        text = Words::tr("%1; %2", "jobs shown; selected").arg(text, selectionText(counts));
    return text;
}

QString tokenTimeText(const Connection &connection, const QDateTime &utcNow)
{
    if (!connection.hasToken())
        return {};
    // Whatever time it says that it has left.
    if (connection.tokenState() == Connection::TokenState::Rejected)
        return Words::tr("token: not accepted");
    const QDateTime end = connection.tokenEndsAt();
    if (!end.isValid())
        return {};
    const std::chrono::milliseconds left(utcNow.msecsTo(end));
    if (left.count() <= 0)
        return Words::tr("token: expired");
    return Words::tr("token: %1 left")
        .arg(minutesText(std::chrono::ceil<std::chrono::minutes>(left)));
}

QString allowanceText(const Allowance &allowance)
{
    QStringList parts;
    if (allowance.minute)
        parts.append(Words::tr("%1/min", "requests").arg(QLocale().toString(*allowance.minute)));
    if (allowance.hour)
        parts.append(Words::tr("%1/h", "requests").arg(QLocale().toString(*allowance.hour)));
    if (parts.isEmpty())
        return {};
    return Words::tr("allowance: %1").arg(parts.join(Words::tr(", ", "between allowances")));
}

StatusLine::StatusLine(Connection &connection, RestClient &client, Clock &clock, QWidget *parent)
    : QStatusBar(parent), m_connection(connection), m_client(client), m_clock(clock),
      m_counts(makeField(tr("Job counts"))), m_account(makeField(tr("Connection"))),
      m_tokenTime(makeField(tr("Token"))), m_allowance(makeField(tr("Allowance")))
{
    addWidget(m_counts, 1);
    addPermanentWidget(m_account);
    addPermanentWidget(m_tokenTime);
    addPermanentWidget(m_allowance);
    m_tokenTimer.setInterval(tokenInterval);
    connect(&m_tokenTimer, &QTimer::timeout, this, &StatusLine::showTokenTime);
    m_tokenTimer.start();
    connect(&connection, &Connection::changed, this, &StatusLine::showConnection);
    connect(&connection, &Connection::addressChanged, this, &StatusLine::showConnection);
    connect(&connection, &Connection::tokenArrived, this, &StatusLine::showConnection);
    m_allowanceTimer.setSingleShot(true);
    m_allowanceTimer.setInterval(allowanceInterval);
    connect(&m_allowanceTimer, &QTimer::timeout, this, &StatusLine::showAllowance);
    connect(&client, &RestClient::allowanceChanged, this, &StatusLine::followAllowance);
    setCounts({});
    showConnection();
    showAllowance();
}

void StatusLine::setCounts(const JobCounts &counts)
{
    m_counts->setValue(countsText(counts));
}

void StatusLine::showConnection()
{
    const Account &account = m_connection.account();
    const QString name = account.displayName.isEmpty() ? account.email : account.displayName;
    // The window cannot be narrower than what the status bar says.
    const QString person = visibleText(name, longestWord);
    const QString host = m_connection.address().authority();
    m_account->setValue(person.isEmpty() ? host : tr("%1 on %2", "person, host").arg(person, host));
    const QString origin = escapedForRichText(m_connection.address().origin());
    m_account->setToolTip(person.isEmpty() ? origin
                                           : escapedForRichText(name) % u"<br>"_s % origin);
    showTokenTime();
}

void StatusLine::showTokenTime()
{
    const QString text = tokenTimeText(m_connection, m_clock.utc());
    m_tokenTime->setValue(text);
    m_tokenTime->setVisible(!text.isEmpty());
}

/// Hundreds of requests a second change it; nobody can read that.
void StatusLine::followAllowance()
{
    if (!m_allowanceTimer.isActive())
        m_allowanceTimer.start(m_allowance->isHidden() ? std::chrono::milliseconds(0)
                                                       : allowanceInterval);
}

void StatusLine::showAllowance()
{
    const Allowance allowance = m_client.allowance();
    const QString text = allowanceText(allowance);
    m_allowance->setValue(text);
    m_allowance->setVisible(!text.isEmpty());
    if (const auto tier = m_client.effectiveTier()) {
        const QString sentence = m_client.tier() == Tier::Detect
            ? tr("Requests that your subscription still permits. The service named its tier: %1, "
                 "%2.",
                 "name of a tier, its limits")
            : tr("Requests that your subscription still permits. Tier chosen in the settings: %1, "
                 "%2.",
                 "name of a tier, its limits");
        m_allowance->setToolTip(
            escapedForRichText(sentence.arg(Wording::tierName(*tier), Wording::tierLimits(*tier))));
    }
    // It grows with time alone until nothing is used up any more.
    const bool isWhole = allowance.minute.value_or(allowance.minuteTotal) == allowance.minuteTotal
        && allowance.hour.value_or(allowance.hourTotal) == allowance.hourTotal;
    if (!isWhole)
        m_allowanceTimer.start(allowanceInterval);
}

} // namespace Jobsweep
