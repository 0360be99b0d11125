// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording.h"

#include "ui/plaintext.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Wording {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

QString minutesAgo(int count)
{
    return count == 1 ? Words::tr("1 minute ago") : Words::tr("%Ln minutes ago", nullptr, count);
}

QString hoursAgo(int count)
{
    return count == 1 ? Words::tr("1 hour ago") : Words::tr("%Ln hours ago", nullptr, count);
}

QString monthsAgo(int count)
{
    return count == 1 ? Words::tr("1 month ago") : Words::tr("%Ln months ago", nullptr, count);
}

QString yearsAgo(int count)
{
    return count == 1 ? Words::tr("1 year ago") : Words::tr("%Ln years ago", nullptr, count);
}

} // namespace

QString stateName(JobState state)
{
    switch (state) {
    case JobState::Unsubmitted:
        return Words::tr("Unsubmitted");
    case JobState::Active:
        return Words::tr("Active");
    case JobState::Success:
        return Words::tr("Success");
    case JobState::Failed:
        return Words::tr("Failed", "state of a job");
    case JobState::Cancelled:
        return Words::tr("Cancelled", "state of a job");
    case JobState::Unknown:
        return Words::tr("Unknown", "state of a job");
    }
    return {};
}

QString stateOf(const Job &job)
{
    if (job.isMissing)
        return Words::tr("Not found", "state of a job");
    if (job.state == JobState::Unknown && !job.stateText.isEmpty())
        return visibleText(job.stateText);
    return stateName(job.state);
}

QString columnTitle(JobModel::Column column)
{
    switch (column) {
    case JobModel::Column::Delete:
        return Words::tr("Delete", "column title");
    case JobModel::Column::Name:
        return Words::tr("Name", "column title");
    case JobModel::Column::State:
        return Words::tr("State", "column title");
    case JobModel::Column::Type:
        return Words::tr("Type", "column title");
    case JobModel::Column::Created:
        return Words::tr("Created", "column title");
    case JobModel::Column::Modified:
        return Words::tr("Modified", "column title");
    case JobModel::Column::ITwin:
        return Words::tr("iTwin", "column title");
    case JobModel::Column::CreatedBy:
        return Words::tr("Created by", "column title");
    case JobModel::Column::Location:
        return Words::tr("Location", "column title");
    case JobModel::Column::EstimatedCost:
        return Words::tr("Estimated cost", "column title");
    case JobModel::Column::Id:
        return Words::tr("Id", "column title");
    }
    return {};
}

QString mark(DeletionMark mark)
{
    switch (mark) {
    case DeletionMark::None:
        return {};
    case DeletionMark::Queued:
        return Words::tr("Queued", "deletion of a job");
    case DeletionMark::Deleting:
        return Words::tr("Deleting", "deletion of a job");
    case DeletionMark::InDoubt:
        return Words::tr("To be checked", "deletion of a job");
    case DeletionMark::Checking:
        return Words::tr("Checking", "deletion of a job");
    case DeletionMark::Refused:
        return outcome(Outcome::Refused);
    case DeletionMark::Failed:
        return outcome(Outcome::Failed);
    case DeletionMark::Unknown:
        return outcome(Outcome::Unknown);
    case DeletionMark::Cancelled:
        // "Cancelled" is a state that the service knows, too.
        return Words::tr("Not deleted", "state of a job in a deletion");
    }
    return {};
}

QString obstacle(Obstacle obstacle)
{
    switch (obstacle) {
    case Obstacle::NotFound:
        return Words::tr("The service has no job with this id, or none that you may see.");
    case Obstacle::AlreadySubmitted:
        return Words::tr("This job was already submitted, so it can no longer be deleted.");
    case Obstacle::UnknownState:
        return Words::tr("Jobsweep does not know this job's state, so it does not delete it.");
    case Obstacle::HasSubmissionTime:
        return Words::tr("This job is called unsubmitted but has a submission time, so Jobsweep "
                         "does not delete it.");
    case Obstacle::RefusedByService:
        return Words::tr("The service refused to delete this job. Refresh the list to see how it "
                         "stands now.");
    case Obstacle::UnsafeId:
        return Words::tr("This job's id has characters that cannot be sent safely, so Jobsweep "
                         "does not delete it.");
    }
    return {};
}

QString tierName(Tier tier)
{
    switch (tier) {
    case Tier::Detect:
        return Words::tr("Detect automatically", "subscription tier");
    case Tier::Community:
        return Words::tr("Community", "subscription tier");
    case Tier::Standard:
        return Words::tr("Standard", "subscription tier");
    case Tier::Premium:
        return Words::tr("Premium", "subscription tier");
    case Tier::Custom:
        return Words::tr("Custom", "subscription tier");
    }
    return {};
}

QString tierLimits(Tier tier)
{
    const TierLimits limits = publishedLimits();
    const auto found = limits.find(tier);
    if (found == limits.end())
        return {};
    QStringList parts;
    for (const RateWindow &window : found->second) {
        const QString requests = QLocale().toString(window.requests);
        parts.append(window.length > std::chrono::minutes(1)
                         ? Words::tr("%1 an hour", "number of requests").arg(requests)
                         : Words::tr("%1 a minute", "number of requests").arg(requests));
    }
    return parts.join(Words::tr(", ", "between the limits of a tier"));
}

QString tokenProblem(AccessToken::Problem problem)
{
    switch (problem) {
    case AccessToken::Problem::Empty:
        return Words::tr("Paste an access token.");
    case AccessToken::Problem::ControlCharacter:
        return Words::tr("There is a control character inside. Copy the token again.");
    case AccessToken::Problem::ForbiddenCharacter:
        return Words::tr("There is a character that a token cannot have. Copy the token again, "
                         "and nothing else.");
    case AccessToken::Problem::TooLong:
        return Words::tr("This is too long for an access token. Copy only the token.");
    }
    return {};
}

QString addressProblem(ServiceAddress::Problem problem)
{
    switch (problem) {
    case ServiceAddress::Problem::Empty:
        return Words::tr("Enter the service address.");
    case ServiceAddress::Problem::NotAnAddress:
        return Words::tr("This is not a web address.");
    case ServiceAddress::Problem::WrongScheme:
        return Words::tr("The address must begin with https://.");
    case ServiceAddress::Problem::NotEncrypted:
        return Words::tr("Only https:// keeps your access token secret on the way.");
    case ServiceAddress::Problem::ForeignHost:
        // A line must not break at the hyphen of the host.
        return Words::tr("Only api.bentley.com, hosts that end in %1, and this computer itself "
                         "may get your access token.")
            .arg(u"\u2060-\u2060api.bentley.com"_s);
    case ServiceAddress::Problem::HasUser:
        return Words::tr("The address must not contain a user name or password.");
    case ServiceAddress::Problem::HasPath:
        return Words::tr("The address must end after the host, without a path.");
    case ServiceAddress::Problem::HasQuery:
        return Words::tr("The address must end after the host, without “?” or “#”.");
    }
    return {};
}

QString keychainResult(KeychainResult result)
{
    switch (result) {
    case KeychainResult::Done:
        return {};
    case KeychainResult::NoEntry:
        return Words::tr("The keychain has no access token for this address.");
    case KeychainResult::Denied:
        return Words::tr("The keychain is locked or denied access.");
    case KeychainResult::Unavailable:
        return Words::tr("This computer has no keychain that Jobsweep can use.");
    case KeychainResult::NoAnswer:
        return Words::tr("The keychain did not answer.");
    case KeychainResult::Withheld:
        return Words::tr("The keychain did not give out the access token that Jobsweep keeps in "
                         "it: it is locked, or the token was removed.");
    }
    return {};
}

QString keychainFailure(Connection::KeychainTask task, KeychainResult result)
{
    QString why = keychainResult(result);
    if (why.isEmpty())
        return {};
    switch (task) {
    case Connection::KeychainTask::None:
        return {};
    case Connection::KeychainTask::Read:
        return why;
    case Connection::KeychainTask::Keep:
        return Words::tr("%1 The access token is kept only until Jobsweep is closed.").arg(why);
    case Connection::KeychainTask::Forget:
        return Words::tr(
                   "%1 Jobsweep forgot the access token, but it may still be in the keychain.")
            .arg(why);
    }
    return {};
}

QString dateTime(const QDateTime &utc)
{
    return utc.isValid() ? QLocale().toString(utc.toLocalTime(), QLocale::ShortFormat) : QString();
}

QString exactTime(const QDateTime &utc)
{
    return utc.isValid() ? QLocale().toString(utc.toLocalTime(), QLocale::LongFormat) : QString();
}

QString timeAgo(const QDateTime &utc, const QDateTime &now)
{
    // Clocks differ a little; what is new comes from the service's.
    constexpr qint64 tolerance = 2 * 60;
    const qint64 seconds = utc.secsTo(now);
    if (!utc.isValid() || seconds < -tolerance)
        return {};
    if (seconds < 60)
        return Words::tr("just now");
    if (seconds < 60 * 60)
        return minutesAgo(static_cast<int>(seconds / 60));
    const QDate day = utc.toLocalTime().date();
    const QDate today = now.toLocalTime().date();
    const auto days = static_cast<int>(day.daysTo(today));
    if (seconds < 24 * 60 * 60 && days <= 1)
        return hoursAgo(static_cast<int>(seconds / (60 * 60)));
    if (days <= 1)
        return Words::tr("yesterday");
    const int begunMonths = (today.year() - day.year()) * 12 + today.month() - day.month();
    const int months = day.addMonths(begunMonths) > today ? begunMonths - 1 : begunMonths;
    if (months < 1)
        return Words::tr("%Ln days ago", nullptr, days);
    return months < 12 ? monthsAgo(months) : yearsAgo(months / 12);
}

QString duration(std::chrono::milliseconds duration)
{
    using namespace std::chrono;
    const auto whole = std::max(ceil<seconds>(duration), seconds(0));
    if (whole < minutes(1))
        return Words::tr("%1 s", "seconds").arg(whole.count());
    if (whole < hours(1)) {
        return Words::tr("%1 min %2 s", "minutes, seconds")
            .arg(whole / minutes(1))
            .arg((whole % minutes(1)).count());
    }
    const auto rounded = ceil<minutes>(whole);
    if (rounded < hours(48)) {
        return Words::tr("%1 h %2 min", "hours, minutes")
            .arg(rounded / hours(1))
            .arg((rounded % hours(1)).count());
    }
    return Words::tr("%1 d", "days").arg(QLocale().toString(ceil<days>(whole).count()));
}

QString cost(double cost)
{
    return QLocale().toString(cost, 'f', 2);
}

} // namespace Jobsweep::Wording
