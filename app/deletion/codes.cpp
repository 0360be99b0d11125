// SPDX-License-Identifier: GPL-3.0-or-later
#include "deletion/codes.h"

#include "http/codetable.h"

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {
namespace {

constexpr std::array outcomeCodes{
    std::pair{Outcome::Deleted, "deleted"_L1}, std::pair{Outcome::AlreadyGone, "already_gone"_L1},
    std::pair{Outcome::Refused, "refused"_L1}, std::pair{Outcome::Failed, "failed"_L1},
    std::pair{Outcome::Unknown, "unknown"_L1}, std::pair{Outcome::Cancelled, "cancelled"_L1},
};

constexpr std::array stageCodes{
    std::pair{ItemStage::Confirmed, "confirmed"_L1},
    std::pair{ItemStage::Intended, "intended"_L1},
    std::pair{ItemStage::Finished, "finished"_L1},
};

constexpr std::array creationCodes{
    std::pair{CreationOutcome::Created, "created"_L1},
    std::pair{CreationOutcome::Refused, "refused"_L1},
    std::pair{CreationOutcome::Failed, "failed"_L1},
    std::pair{CreationOutcome::Unknown, "unknown"_L1},
    std::pair{CreationOutcome::Doubled, "doubled"_L1},
};

constexpr std::array reasonCodes{
    std::pair{QueueReason::None, "none"_L1},
    std::pair{QueueReason::Person, "person"_L1},
    std::pair{QueueReason::Throttled, "throttled"_L1},
    std::pair{QueueReason::LongWait, "long_wait"_L1},
    std::pair{QueueReason::Unreachable, "unreachable"_L1},
    std::pair{QueueReason::Doubtful, "doubtful"_L1},
    std::pair{QueueReason::Forbidden, "forbidden"_L1},
    std::pair{QueueReason::Tls, "tls"_L1},
    std::pair{QueueReason::Token, "token"_L1},
    std::pair{QueueReason::WrongAddress, "wrong_address"_L1},
    std::pair{QueueReason::UnexpectedSuccess, "unexpected_success"_L1},
    std::pair{QueueReason::Redirected, "redirected"_L1},
    std::pair{QueueReason::OtherAccount, "other_account"_L1},
    std::pair{QueueReason::UnknownAccount, "unknown_account"_L1},
    std::pair{QueueReason::AskingForAccount, "asking_for_account"_L1},
    std::pair{QueueReason::NoRecord, "no_record"_L1},
};

} // namespace

QString codeOf(Outcome outcome)
{
    return codeIn(outcomeCodes, outcome);
}

std::optional<Outcome> outcomeFromCode(const QString &code)
{
    return valueIn(outcomeCodes, code);
}

QString codeOf(ItemStage stage)
{
    return codeIn(stageCodes, stage);
}

std::optional<ItemStage> stageFromCode(const QString &code)
{
    return valueIn(stageCodes, code);
}

QString codeOf(CreationOutcome outcome)
{
    return codeIn(creationCodes, outcome);
}

std::optional<CreationOutcome> creationOutcomeFromCode(const QString &code)
{
    return valueIn(creationCodes, code);
}

QString codeOf(QueueReason reason)
{
    return codeIn(reasonCodes, reason);
}

} // namespace Jobsweep
