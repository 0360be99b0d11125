// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/hostiletexts.h"

#include "tests/support/fixtures.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <array>

#include <sys/inotify.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace Jobsweep::Testing {

namespace {

constexpr int million = 1'000'000;
constexpr QChar accent(0x0301);

QList<HostileText> longTexts()
{
    const QString stack = u'e' + QString(500, accent);
    return {
        {u"word as wide as a screen"_s, u"W"_s.repeated(3000)},
        {u"word in a sentence"_s, u"Bridge "_s % u"m"_s.repeated(400) % u" north"_s},
        {u"hundreds of words"_s, u"bridge "_s.repeated(400)},
        {u"hundreds of tags"_s, u"<table><tr><td>"_s.repeated(200)},
        {u"hundreds of entities"_s, u"&lt;"_s.repeated(500)},
        {u"hundreds of ampersands"_s, u"&"_s.repeated(500)},
        {u"storm of accents"_s, stack},
        {u"storms of accents"_s, QString(stack % u' ').repeated(6)},
        {u"storm before anything"_s, QString(500, accent) % u"Bridge"_s},
        {u"storm of many marks"_s, u"\u0316\u0317\u0489\u20DD\u0E49"_s.repeated(100)},
        {u"hundreds of widest letters"_s, u"\uFDFD"_s.repeated(300)},
        {u"hundreds of overrides"_s, u"\u202E\u2067"_s.repeated(300)},
        {u"hundreds of emoji"_s, QString::fromUcs4(U"\U0001F309").repeated(300)},
        {u"one emoji of hundreds"_s, QString::fromUcs4(U"\U0001F468\u200D").repeated(300)},
        {u"hundreds of lines"_s, u"line\n"_s.repeated(300)},
        {u"pair at the cut"_s, QString(198, u'a') % QString::fromUcs4(U"\U0001F309") % u"b"_s},
    };
}

} // namespace

Bait::Bait()
{
    QFile picture(path());
    // The smallest picture there is, so that who opens it has success.
    if (picture.open(QIODevice::WriteOnly))
        picture.write("P1 1 1 1\n");
    picture.close();
    m_watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (m_watch >= 0)
        inotify_add_watch(m_watch, QFile::encodeName(path()).constData(), IN_OPEN);
}

Bait::~Bait()
{
    if (m_watch >= 0)
        close(m_watch);
}

QString Bait::path() const
{
    return m_folder.filePath(u"bait.pbm"_s);
}

QString Bait::url() const
{
    return QUrl::fromLocalFile(path()).toString();
}

int Bait::timesOpened() const
{
    int times = 0;
    std::array<char, 4096> events{};
    for (ssize_t size = 0; (size = read(m_watch, events.data(), events.size())) > 0;)
        times += static_cast<int>(size / static_cast<ssize_t>(sizeof(inotify_event)));
    return times;
}

QList<HostileText> hostileTexts(const Bait &bait)
{
    QList<HostileText> texts;
    const QJsonArray written = QJsonDocument::fromJson(fixture(u"hostile-texts.json"_s)).array();
    for (const auto &pair : written) {
        const QString text = pair.toArray().at(1).toString();
        texts.append(
            {pair.toArray().at(0).toString(),
             QString(text).replace("{file}"_L1, bait.url()).replace("{path}"_L1, bait.path())});
    }
    return texts + longTexts();
}

bool isNothing(const HostileText &text)
{
    return text.text.isEmpty() || text.text == QString(QChar(QChar::ByteOrderMark));
}

QList<HostileText> hugeTexts()
{
    return {
        {u"a million letters"_s, QString(million, u'W')},
        {u"a million brackets"_s, QString(million, u'<')},
        {u"a million accents"_s, u'e' + QString(million, accent)},
        {u"a million overrides"_s, QString(million, QChar(0x202E))},
        {u"a million lines"_s, QString(million, u'\n')},
        {u"a million words"_s, u"ab "_s.repeated(million / 3)},
    };
}

} // namespace Jobsweep::Testing
