// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/deletionsettings.h"

#include "ui/namedcombobox.h"
#include "ui/plaintext.h"
#include "ui/wording.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QStyle>

#include <algorithm>

namespace Jobsweep {

namespace {

constexpr int daysStep = 30;
constexpr int megabytesStep = 100;

QSpinBox *makeNumber(const QString &accessibleName, int least, int most, int step)
{
    auto *box = new QSpinBox;
    box->setAccessibleName(accessibleName);
    box->setRange(least, most);
    box->setSingleStep(step);
    box->setGroupSeparatorShown(true);
    return box;
}

} // namespace

DeletionSettings::DeletionSettings(QWidget *parent)
    : QWidget(parent), m_tier(new NamedComboBox(tr("Subscription tier"))),
      m_hold(makeNumber(tr("Undo time"), 0, Settings::maximumHoldSeconds, 1)),
      m_days(makeNumber(tr("Keep history for"), 1, Settings::maximumHistoryDays, daysStep)),
      m_megabytes(makeNumber(tr("Largest history"), Settings::minimumHistoryMegabytes,
                             Settings::maximumHistoryMegabytes, megabytesStep)),
      m_form(new QGridLayout(this))
{
    m_hold->setSpecialValueText(tr("No undo"));
    m_hold->setSuffix(tr(" s", "seconds"));
    m_megabytes->setSuffix(tr(" MB"));
    connect(m_days, &QSpinBox::valueChanged, this, &DeletionSettings::updateSuffixes);
    updateSuffixes();

    auto *most = makePlainLabel(tr("at &most", "size of the history"));
    most->setBuddy(m_megabytes);
    auto *tierRow = new QHBoxLayout;
    tierRow->addWidget(m_tier);
    auto *holdRow = new QHBoxLayout;
    holdRow->addWidget(m_hold);
    holdRow->addStretch(1);
    auto *historyRow = new QHBoxLayout;
    historyRow->addWidget(m_days);
    historyRow->addWidget(most);
    historyRow->addWidget(m_megabytes);
    historyRow->addStretch(1);

    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setColumnStretch(1, 1);
    const auto addRow = [this](const QString &text, QWidget *field, QLayout *row) {
        auto *label = makePlainLabel(text);
        label->setWordWrap(false);
        label->setBuddy(field);
        const int alignment = style()->styleHint(QStyle::SH_FormLayoutLabelAlignment);
        const int line = m_form->rowCount();
        m_form->addWidget(label, line, 0, Qt::Alignment(alignment) | Qt::AlignVCenter);
        m_form->addLayout(row, line, 1);
    };
    addRow(tr("Subscription t&ier:"), m_tier, tierRow);
    addRow(tr("&Undo time:"), m_hold, holdRow);
    addRow(tr("Keep histo&ry for:"), m_days, historyRow);
}

int DeletionSettings::labelWidth() const
{
    int width = 0;
    for (int row = 0; row < m_form->rowCount(); ++row) {
        if (const QLayoutItem *label = m_form->itemAtPosition(row, 0))
            width = std::max(width, label->sizeHint().width());
    }
    return width;
}

void DeletionSettings::setLabelWidth(int width)
{
    m_form->setColumnMinimumWidth(0, width);
}

void DeletionSettings::showValues(const Settings &settings, std::optional<Tier> detected,
                                  bool isForSession)
{
    m_tier->clear();
    const QString detect = Wording::tierName(Tier::Detect);
    m_tier->addItem(detected ? tr("%1 — %2 so far", "Detect automatically, name of a tier")
                                   .arg(detect, Wording::tierName(*detected))
                             : detect,
                    QVariant::fromValue(Tier::Detect));
    for (const Tier tier : {Tier::Community, Tier::Standard, Tier::Premium, Tier::Custom}) {
        m_tier->addItem(tr("%1 — %2", "name of a tier, its limits")
                            .arg(Wording::tierName(tier), Wording::tierLimits(tier)),
                        QVariant::fromValue(tier));
    }
    const Tier chosen = isForSession ? Tier::Detect : settings.tier();
    m_tier->setCurrentIndex(m_tier->findData(QVariant::fromValue(chosen)));
    m_tier->setEnabled(!isForSession);
    m_tier->setToolTip(
        isForSession
            ? tr("The tier of an address that is used until Jobsweep is closed is detected.")
            : tr("How many requests your subscription permits. Jobsweep sends no faster, so "
                 "that the service need not refuse any."));
    m_hold->setValue(settings.holdSeconds());
    m_days->setValue(settings.historyDays());
    m_megabytes->setValue(settings.historyMegabytes());
}

void DeletionSettings::applyTo(Settings &settings) const
{
    if (m_tier->isEnabled()) {
        settings.setTier(m_tier->currentData().value<Tier>());
    }
    settings.setHoldSeconds(m_hold->value());
    settings.setHistoryDays(m_days->value());
    settings.setHistoryMegabytes(m_megabytes->value());
}

void DeletionSettings::updateSuffixes()
{
    m_days->setSuffix(m_days->value() == 1 ? tr(" day") : tr(" days"));
}

} // namespace Jobsweep
