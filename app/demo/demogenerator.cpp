// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demogenerator.h"

#include <QUuid>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep {

namespace {

constexpr qint64 hour = 3'600'000;
constexpr qint64 year = 8766 * hour;

const QStringList &subjects()
{
    static const QStringList list{
        u"Bridge scan"_s,       u"Quarry survey"_s,    u"Dam face"_s,     u"Facade"_s,
        u"Tunnel portal"_s,     u"Rail corridor"_s,    u"Substation"_s,   u"Wind turbine"_s,
        u"Stockpile volumes"_s, u"Road resurfacing"_s, u"Harbour wall"_s, u"Water tower"_s,
        u"Roof inspection"_s,   u"Landfill cell"_s,    u"Pylon 380 kV"_s, u"Old town block"_s,
    };
    return list;
}

const QStringList &parts()
{
    static const QStringList list{
        u"north"_s,      u"south bank"_s, u"east"_s,     u"west abutment"_s, u"pier 4"_s,
        u"nadir only"_s, u"oblique"_s,    u"lidar"_s,    u"flight 2"_s,      u"re-flight"_s,
        u"test run"_s,   u"final"_s,      u"as built"_s, u"before works"_s,  u"week 12"_s,
    };
    return list;
}

const QStringList &awkwardNames()
{
    static const QStringList list{
        u"O'Brien's quarry \"north\", phase 2"_s,
        u"Zürich Hauptbahnhof – Gleis 7½, Süd"_s,
        u"Łódź Żabieniec, São João & Škofja Loka"_s,
        u"東京駅 丸の内口 第3回 計測"_s,
        u"서울 한강대교 남단"_s,
        u"مسح جسر الملك فهد – المرحلة 2"_s,
        u"סריקת גשר המיתרים"_s,
        u"report\u202Efdp.draft"_s,
        u"<b>Bold</b> & <script>alert('scan')</script>"_s,
        u"<img src=\"https://example.com/pixel.png\">"_s,
        u"=SUM(A1:A9);\"copy\""_s,
        u"First line\nsecond line\tafter a tab"_s,
        u"  padded with blanks  "_s,
        u"100 % of block \U0001F3D7\uFE0F %1 %n"_s,
        u"A very long name that somebody pasted from a work order: "_s
            + u"inspect every bearing, joint and drain of the approach spans; "_s.repeated(6),
        QString(),
    };
    return list;
}

const QStringList &locations()
{
    static const QStringList list{
        u"East US"_s,    u"North Europe"_s, u"Southeast Asia"_s, u"Australia East"_s, u"UK South"_s,
        u"Japan East"_s, u"UAE North"_s,    u"Canada Central"_s, u"West Europe"_s,
    };
    return list;
}

const QStringList &formats()
{
    static const QStringList list{u"3MX"_s, u"3SM"_s, u"Cesium 3D Tiles"_s, u"Orthophoto/DSM"_s,
                                  u"LAS"_s, u"OBJ"_s, u"ESRI i3s"_s,        u"ContextScene"_s};
    return list;
}

} // namespace

DemoGenerator::DemoGenerator(quint32 seed, const QDateTime &now)
    : m_random(seed), m_now(now.toMSecsSinceEpoch())
{ }

QString DemoGenerator::guid()
{
    std::array<quint32, 4> words{};
    m_random.fillRange(words.data(), static_cast<qsizetype>(words.size()));
    const QByteArray bytes(reinterpret_cast<const char *>(words.data()), sizeof(words));
    return QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces);
}

int DemoGenerator::below(size_t bound)
{
    return m_random.bounded(static_cast<int>(bound));
}

qint64 DemoGenerator::before(qint64 moment, qint64 span)
{
    return moment - static_cast<qint64>(m_random.generateDouble() * static_cast<double>(span));
}

std::vector<DemoPerson> DemoGenerator::people()
{
    std::vector<DemoPerson> people{
        {{}, u"Alex"_s, u"Demo"_s, u"alex.demo@example.com"_s},
        {{}, u"Maja"_s, u"Lindström"_s, u"maja.lindstrom@example.com"_s},
        {{}, u"Tomás"_s, u"O'Connor"_s, u"tomas.oconnor@example.com"_s},
        {{}, u"Yuki"_s, u"Tanaka"_s, u"yuki.tanaka@example.com"_s},
        {{}, u"Layla"_s, u"Haddad"_s, u"layla.haddad@example.com"_s},
        {{}, u"Sam"_s, u"Okafor"_s, u"sam.okafor@example.com"_s},
    };
    for (DemoPerson &person : people) {
        person.id = guid();
    }
    return people;
}

std::vector<DemoITwin> DemoGenerator::iTwins()
{
    std::vector<DemoITwin> iTwins{
        {{}, u"00001-ds-3902795"_s, u"White River"_s, true},
        {{}, u"00002-br-1120034"_s, u"River Bridge Replacement"_s, true},
        {{}, u"00003-qy-7741210"_s, u"Granite Quarry, monthly volumes"_s, true},
        {{}, u"00004-rl-5550186"_s, u"Tunnelbana – Nacka"_s, true},
        {{}, u"00005-dm-9083312"_s, u"Hydropower dams"_s, true},
        {{}, u"00006-ct-4471953"_s, u"大阪市 都市モデル"_s, true},
        {{}, u"00007-wf-2206641"_s, u"Wind Farm \"Nordsee 3\""_s, true},
        {{}, u"00008-ar-6639027"_s, u"Archive 2021"_s, false},
    };
    for (DemoITwin &iTwin : iTwins) {
        iTwin.id = guid();
    }
    return iTwins;
}

std::vector<DemoWorkspace> DemoGenerator::workspaces(const std::vector<DemoITwin> &iTwins)
{
    constexpr int forEach = 3;
    std::vector<DemoWorkspace> workspaces;
    for (const DemoITwin &iTwin : iTwins) {
        for (int i = 1; i <= forEach; ++i) {
            workspaces.push_back({guid(), u"%1, workspace %2"_s.arg(iTwin.displayName).arg(i),
                                  iTwin.id, before(m_now - 5 * year, year)});
        }
    }
    for (int i = 1; i <= 2; ++i) {
        workspaces.push_back(
            {guid(), u"Personal workspace %1"_s.arg(i), QString(), before(m_now - 5 * year, year)});
    }
    return workspaces;
}

QString DemoGenerator::jobName()
{
    if (below(25) == 0) {
        return awkwardNames().at(below(static_cast<size_t>(awkwardNames().size())));
    }
    const QString subject = subjects().at(below(static_cast<size_t>(subjects().size())));
    const QString part = parts().at(below(static_cast<size_t>(parts().size())));
    return u"%1, %2 (%3)"_s.arg(subject, part).arg(1 + below(400));
}

DemoJob DemoGenerator::job(const std::vector<DemoPerson> &people,
                           const std::vector<DemoWorkspace> &workspaces)
{
    const DemoWorkspace &workspace = workspaces[static_cast<size_t>(below(workspaces.size()))];
    const bool isOwn = workspace.iTwinId.isEmpty() || below(10) < 6;
    const size_t person = isOwn ? 0 : 1 + static_cast<size_t>(below(people.size() - 1));
    const int kind = below(10);

    DemoJob job;
    job.facts = {.id = guid(),
                 .iTwinId = workspace.iTwinId,
                 .name = jobName(),
                 .email = people[person].email,
                 .type = kind < 6 ? u"Full"_s
                     : kind < 8   ? u"Calibration"_s
                                  : u"Reconstruction"_s,
                 .state = u"unsubmitted"_s,
                 .createdMilliseconds = before(m_now, 5 * year),
                 .inputIds = {guid(), guid()},
                 .outputIds = {}};
    job.location = locations().at(below(static_cast<size_t>(locations().size())));
    job.workspaceId = workspace.id;
    job.modifiedMilliseconds
        = std::min(m_now, job.facts.createdMilliseconds + m_random.bounded(72) * hour);
    job.quality = QStringList{u"Draft"_s, u"Medium"_s, u"Extra"_s}.at(below(3));
    job.processingEngines = 1 + below(10);
    job.gigaPixels = (1 + below(900)) / 10.0;
    for (int i = below(3); i >= 0; --i) {
        job.facts.outputIds.append(guid());
        job.outputFormats.append(formats().at(below(static_cast<size_t>(formats().size()))));
    }
    addHistory(job);
    return job;
}

void DemoGenerator::addHistory(DemoJob &job)
{
    const int fate = below(100);
    if (fate < 50) {
        return;
    }
    job.facts.state = fate < 53 ? u"active"_s
        : fate < 85             ? u"success"_s
        : fate < 94             ? u"failed"_s
                                : u"cancelled"_s;
    job.submittedMilliseconds = std::min(m_now, job.facts.createdMilliseconds + hour / 4);
    job.modifiedMilliseconds = std::max(job.modifiedMilliseconds, job.submittedMilliseconds);
}

} // namespace Jobsweep
