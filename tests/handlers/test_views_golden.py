"""Every message and modal, as it stands in tests/data/views, judged as Slack would judge it."""

from dataclasses import replace
from datetime import timedelta

import demand_samples
import digest_samples
import doubt_samples
import place_samples
import pytest
import view_samples as sample

from engagement.calm.mute import MuteScope
from engagement.conversations.conversation import Answer, CountedFor, Offered, Reply, ReplyState
from engagement.conversations.past import PastPage
from engagement.digest.week import Week
from engagement.improvements.improvement import ImprovementState
from engagement.listening.appearances import Unheard
from engagement.listening.places import Hearing, Listened, Sources
from engagement.listening.source import NewSource
from engagement.listening.telling import Ailment
from engagement.listening.trouble import Trouble
from engagement.records.lookup import LINES_A_PAGE
from engagement.sending.outbox import Unsent
from engagement.understanding.reading import Kind, Mood, Pillar, Tag
from engagement.watch import Delivery, Outcome, Terms
from handlers.views.calm.brake import draw_brake
from handlers.views.calm.mute import mute_modal
from handlers.views.conversations.answer import answered_modal
from handlers.views.conversations.assign import assign_modal, draw_assigned
from handlers.views.conversations.card import draw_card
from handlers.views.conversations.correct import correct_modal
from handlers.views.conversations.note import draw_copy, draw_note
from handlers.views.conversations.past import history_modal
from handlers.views.conversations.snooze import draw_back, snooze_modal
from handlers.views.digest.digest import draw_digest
from handlers.views.help import draw_help
from handlers.views.listening.places import (
    add_place_modal,
    found_modal,
    leave_modal,
    left_modal,
    listening_modal,
    looking_modal,
)
from handlers.views.listening.setup import (
    choose_modal,
    draw_hello,
    draw_started,
    draw_stopped,
    no_more_places_modal,
    nothing_heard_modal,
    settled_modal,
    start_modal,
    trying_modal,
)
from handlers.views.listening.setup import listening_modal as setup_listening_modal
from handlers.views.listening.sources import draw_sources
from handlers.views.listening.watch import (
    WatchForm,
    gone_modal,
    outdated_modal,
    pick_watch_modal,
    saved_modal,
    stopped_modal,
    watch_modal,
)
from handlers.views.status import draw_status
from handlers.views.understanding.unsure import draw_unsure
from sandbox.blockkit import validate_view

UNTITLED = sample.a_mention(
    sample.a_post(
        title="", community="Mastodon", author="mira@social.example", text="Moved our club to Tidewiki. 10/10"
    ),
    kind=Kind.PRAISE,
    mood=Mood.GOOD,
    mood_words=("10/10",),
    suggested=Tag.REACT,
    reason="praise: what would be more of it?",
)
BUG = sample.a_mention(
    sample.a_post(title="Restore drops page history (0.9.2)", community="GitHub", author="jorg"),
    kind=Kind.BUG,
    mood=Mood.BAD,
    mood_words=("drops", "lost"),
    suggested=Tag.REACT,
    reason='reports something broken ("drops page history")',
)
LATE_NAME = sample.a_mention(
    sample.a_post(
        title="My 2026 home-server stack", text="A list of small things that run well. " * 12 + "Tidewiki too."
    ),
    kind=Kind.OTHER,
    pillar=Pillar.ASSOCIATION,
    suggested=Tag.LISTEN,
    reason="named in passing",
)
NO_REPLY = Reply()
BY_OTHERS = Reply(
    state=ReplyState.ANSWERED_BY_OTHERS,
    answered_at=sample.DUE,
    answer_url="https://www.reddit.com/r/selfhosted/comments/1/reply/",
    answer_seen=True,
    helper="wiki_will",
)

NEWS = sample.a_mention(
    sample.a_post(
        title="Tidewiki 1.0 released: history survives a restore", community="Wiki Weekly", text="", author=""
    ),
    kind=Kind.NEWS,
    pillar=Pillar.ASSOCIATION,
    suggested=Tag.LISTEN,
    reason="news",
)
TOLD = sample.a_conversation(alike_to=2, told_in=2, placed_by="U0COMMUNITY")

BACK = sample.snoozed(back_at=sample.NOW + timedelta(days=3))

PLANNED = CountedFor(improvement=demand_samples.an_improvement(), people=6)
OFFERED = Offered(theme="Lost history", improvement=PLANNED.improvement)
SHIPPED = CountedFor(
    improvement=demand_samples.an_improvement(
        ImprovementState.SHIPPED, note="In 1.0, restores keep it.", link="https://tidewiki.example/news/1-0"
    ),
    people=6,
)
DECLINED = CountedFor(improvement=demand_samples.an_improvement(ImprovementState.DECLINED, note="Too rare."), people=1)

CARDS = {
    "new": sample.a_card(times_seen=2),
    "new-with-more": sample.a_card(more=7, waiting=2, opening=sample.a_mention(before_start=True)),
    "new-untitled": sample.a_card(opening=UNTITLED),
    "new-late-name": sample.a_card(opening=LATE_NAME),
    "interact": sample.a_card(sample.tagged(Tag.INTERACT)),
    "claimed": sample.a_card(sample.tagged(Tag.INTERACT, sample.claimed()), more=1, waiting=1),
    "new-offered": sample.a_card(opening=BUG, offered=OFFERED),
    "claimed-offered": sample.a_card(sample.tagged(Tag.INTERACT, sample.claimed()), BUG, offered=OFFERED),
    "react-offered": sample.a_card(sample.tagged(Tag.REACT, Reply()), BUG, offered=OFFERED),
    "claimed-draft": sample.a_card(sample.tagged(Tag.INTERACT, sample.claimed()), drafts_asking=("U0SUPPORT",)),
    "interact-drafts": sample.a_card(
        sample.tagged(Tag.INTERACT), more=2, drafts_asking=tuple(f"U0{n}" for n in range(5))
    ),
    "claimed-react": sample.a_card(sample.tagged(Tag.REACT, sample.claimed()), BUG),
    "react-owed": sample.a_card(sample.tagged(Tag.REACT), BUG),
    "react-counted": sample.a_card(sample.tagged(Tag.REACT), BUG, counted_for=PLANNED),
    "react-shipped": sample.a_card(sample.tagged(Tag.REACT), BUG, counted_for=SHIPPED),
    "react-shipped-claimed": sample.a_card(sample.tagged(Tag.REACT, sample.claimed()), BUG, counted_for=SHIPPED),
    "react-shipped-told": sample.a_card(sample.tagged(Tag.REACT, sample.answered()), BUG, counted_for=SHIPPED),
    "react-declined": sample.a_card(sample.tagged(Tag.REACT, NO_REPLY), BUG, counted_for=DECLINED),
    "react-answered": sample.a_card(sample.tagged(Tag.REACT, sample.answered()), BUG),
    "praise-of-a-theme": replace(
        sample.a_card(None, UNTITLED), likes=("Page templates", "<!channel> *Import*", "Search")
    ),
    "react-praise": sample.a_card(sample.tagged(Tag.REACT, NO_REPLY), UNTITLED),
    "answered": sample.a_card(sample.tagged(Tag.INTERACT, sample.answered())),
    "answered-without-link": sample.a_card(sample.tagged(Tag.INTERACT, sample.answered(answer_url="")), more=7),
    "answered-by-others": sample.a_card(sample.tagged(Tag.INTERACT, BY_OTHERS)),
    "answered-by-others-claimed": sample.a_card(
        sample.tagged(Tag.INTERACT, replace(BY_OTHERS, claimed_by="U0SUPPORT"))
    ),
    "cannot-tell": sample.a_card(
        sample.tagged(Tag.INTERACT, Reply(state=ReplyState.CANNOT_TELL, due_at=sample.DUE), unseen=True)
    ),
    "new-unseen": sample.a_card(sample.a_conversation(unseen=True)),
    "interact-unseen": sample.a_card(sample.tagged(Tag.INTERACT, unseen=True)),
    "claimed-unseen": sample.a_card(sample.tagged(Tag.INTERACT, sample.claimed(), unseen=True)),
    "listened": sample.a_card(sample.tagged(Tag.LISTEN, NO_REPLY), LATE_NAME),
    "answered-before": sample.a_card(times_seen=2, answered_before=Answer(by="U0SUPPORT", at=sample.WRITTEN)),
    "assigned": sample.a_card(sample.tagged(Tag.INTERACT, replace(sample.claimed(), assigned_by="U0FOUNDER"))),
    "snoozed": sample.a_card(sample.a_conversation(snooze=sample.snoozed()), more=2),
    "snoozed-claimed": sample.a_card(sample.tagged(Tag.INTERACT, sample.claimed(), snooze=sample.snoozed(reason=""))),
    "back": sample.a_card(sample.a_conversation(snooze=BACK)),
    "back-claimed": sample.a_card(sample.tagged(Tag.INTERACT, sample.claimed(), snooze=BACK), more=1),
    "back-early": sample.a_card(sample.tagged(Tag.INTERACT, snooze=replace(BACK, back_at=sample.NOW)), more=1),
    "muted-author": sample.a_card(sample.a_conversation(mute_id=2), mute=sample.a_mute()),
    "muted-community": sample.a_card(
        sample.a_conversation(mute_id=2), mute=sample.a_mute(scope=MuteScope.COMMUNITY, until=sample.DUE)
    ),
    "muted-conversation": sample.a_card(
        sample.a_conversation(mute_id=2), mute=sample.a_mute(scope=MuteScope.CONVERSATION)
    ),
    "new-perhaps-same": sample.a_card(sample.a_conversation(alike_to=2), NEWS, earlier=sample.an_earlier()),
    "new-same-asks": sample.a_card(sample.a_conversation(alike_to=2), earlier=sample.an_earlier(may_be_joined=False)),
    "new-not-the-same": sample.a_card(
        sample.a_conversation(alike_to=2, apart_from=2, placed_by="U0FOUNDER"), NEWS, earlier=sample.an_earlier()
    ),
    "new-taken-out": sample.a_card(
        sample.a_conversation(alike_to=2, apart_from=2, placed_by="U0FOUNDER"),
        NEWS,
        earlier=sample.an_earlier(were_joined=True),
    ),
    "new-with-copies": sample.a_card(opening=NEWS, copies=sample.some_copies("r/selfhosted", "lobste.rs", more=3)),
    "listened-with-copies": sample.a_card(
        sample.tagged(Tag.LISTEN, NO_REPLY), NEWS, copies=sample.some_copies("Hacker News"), more=7, waiting=2
    ),
    "put-together": sample.a_card(TOLD, NEWS, earlier=sample.an_earlier()),
    "not-us": sample.a_card(sample.a_conversation(dismissed_by="U0COMMUNITY", dismissed_at=sample.TAGGED)),
}
SETTLED = (
    digest_samples.a_waiting(1, reply=sample.answered()),
    digest_samples.a_waiting(2, reply=BY_OTHERS),
    digest_samples.a_waiting(3, dismissed_by="U0COMMUNITY"),
    digest_samples.a_waiting(4, tag=Tag.LISTEN),
    digest_samples.a_waiting(5, tag=Tag.INTERACT, reply=sample.claimed()),
)
SICK_PLACE = place_samples.a_place(name="r/devops", failures=3, last_error="Reddit asks us to slow down (429).")
NEVER_HEARD = place_samples.a_place(name="Lobsters", last_heard_at=None, posts=0)
NOT_YET_WATCHED = place_samples.a_place(name="BookStack news", watch="BookStack")
PLACES = Sources(
    places=(
        place_samples.a_place(),
        SICK_PLACE,
        NEVER_HEARD,
        NOT_YET_WATCHED,
        place_samples.a_place(source_id=7, name="r/devops"),
        place_samples.a_place(source_id=8, name="The old blog"),
    ),
    ailments=(
        Ailment(source_id=7, place="r/devops", kind=Trouble.THROTTLED, began_at=sample.NOW, detail="slow down (429)"),
        Ailment(source_id=8, place="The old blog", kind=Trouble.GONE, began_at=sample.NOW, detail="closed (410)"),
    ),
    team_feeds=4,
    unheard=(
        Unheard(
            place="blog.club.example",
            posts=4,
            links=1,
            newest=sample.NOW,
            page="https://blog.club.example/",
        ),
        Unheard(place="r/notes", posts=0, links=2, newest=sample.NOW, page="https://www.reddit.com/r/notes/"),
        Unheard(place="The Daily", posts=1, links=0, newest=sample.NOW),
    ),
)
SOON = sample.NOW + timedelta(minutes=1)
TRIED = place_samples.places_tried()

MESSAGES = {
    **{f"card-{name}": draw_card(card, names=sample.NAMES) for name, card in CARDS.items()},
    "card-nasty": draw_card(sample.a_nasty_card(), names=sample.NAMES),
    "back-note": draw_back(BACK),
    "assigned": draw_assigned(CARDS["assigned"], to="U0SUPPORT"),
    "assigned-and-settled": draw_assigned(CARDS["answered"], to="U0SUPPORT"),
    "note": draw_note(sample.a_mention(sample.a_post(title="Re: history", author="u/bob")), names=sample.NAMES),
    "note-nasty": draw_note(sample.a_nasty_card().opening, names=sample.NAMES),
    "note-copy": draw_copy(sample.a_card(replace(TOLD, placed_by=""), NEWS, earlier=sample.an_earlier())),
    "note-copy-apart": draw_copy(
        sample.a_card(
            sample.a_conversation(alike_to=2, apart_from=2, placed_by="U0FOUNDER"), NEWS, earlier=sample.an_earlier()
        )
    ),
    "note-copy-asks": draw_copy(sample.a_card(sample.a_conversation(alike_to=2), NEWS, earlier=sample.an_earlier())),
    "note-copy-nasty": draw_copy(sample.a_nasty_card(TOLD)),
    "brake": draw_brake(sample.a_brake()),
    "brake-one": draw_brake(sample.a_brake(held=1, watches=("tide", "Tidewiki", "BookStack", "Outline", "Wiki.js"))),
    "brake-released": draw_brake(sample.a_brake(released_by="U0SUPPORT", released_at=sample.NOW, version=2)),
    "unsure": draw_unsure(doubt_samples.a_doubt_list(more=12)),
    "unsure-next": draw_unsure(doubt_samples.a_doubt_list(page=1, asked_by="U0SUPPORT", more=1)),
    "unsure-settled": draw_unsure(doubt_samples.a_doubt_list(doubts=doubt_samples.settled_doubts())),
    "digest": draw_digest(digest_samples.a_digest()),
    "digest-checked": draw_digest(digest_samples.a_checked_digest()),
    "digest-first-week": draw_digest(
        digest_samples.a_digest(
            week_before=Week(), starts_at=sample.NOW - timedelta(days=30), watches=("Tidewiki", "BookStack")
        )
    ),
    "digest-settled": draw_digest(
        digest_samples.a_digest(waiting=SETTLED, more_waiting=8, oldest_more=sample.NOW - timedelta(days=9))
    ),
    "digest-set-aside": draw_digest(
        digest_samples.a_digest(
            waiting=(digest_samples.a_waiting(1, snooze=sample.snoozed()), digest_samples.a_waiting(2, is_muted=True))
        )
    ),
    "digest-quiet": draw_digest(digest_samples.a_quiet_digest()),
    "digest-helped": draw_digest(
        digest_samples.a_digest(
            **digest_samples.helped_and_unseen(),
            our_threads=(digest_samples.a_thread(),),
            week=replace(digest_samples.a_digest().week, needed_us=18, cannot_tell=1),
        )
    ),
    "digest-quiet-unseen": draw_digest(
        replace(
            digest_samples.a_quiet_digest(needed_us=6, answered_by_others=1, cannot_tell=1),
            **digest_samples.helped_and_unseen(),
        )
    ),
    "digest-silent": draw_digest(
        digest_samples.a_digest(waiting=(), week=Week(posts_read=4_180), hearing=Hearing(places=24, heard=24))
    ),
    "digest-deaf": draw_digest(
        digest_samples.a_digest(
            waiting=(), week=Week(), hearing=place_samples.a_hearing(heard=2, sick=(place_samples.a_sick_place(),) * 22)
        )
    ),
    "digest-nasty": draw_digest(digest_samples.a_nasty_digest()),
    "status": draw_status(digest_samples.a_status(), command="/ears"),
    "status-calm": draw_status(
        digest_samples.a_status(waiting=(), untagged=0, hearing=Hearing(places=24, heard=24)), command="/ears"
    ),
    "status-unsent": draw_status(
        digest_samples.a_status(unsent=Unsent(count=2, reason="not_in_channel")), command="/ears"
    ),
    "status-left-out-and-unread": draw_status(
        digest_samples.a_status(left_out=1_012), command="/ears", unread=["Tide*wiki", "BookStack"]
    ),
    "status-nothing-set-up": draw_status(digest_samples.a_status(watches=()), command="/ears"),
    "status-nasty": draw_status(digest_samples.a_nasty_status(), command="/ears"),
    "sources": draw_sources(PLACES, command="/ears"),
    "sources-none": draw_sources(Sources(), command="/ears"),
    "help": draw_help("/ears"),
    "help-unknown": draw_help("/ears", "statsu `<!channel>`", "status"),
    "hello": draw_hello("/ears"),
    "started": draw_started(sample.a_watch(), TRIED[:3], TRIED[3:5], SOON),
    "stopped": draw_stopped(sample.a_watch(), sample.NOW),
    "started-unheard": draw_started(sample.a_watch(), (), TRIED[3:5], SOON),
}
WATCHED = sample.a_watch(
    terms=Terms(names=("Tidewiki", "tide"), excluded=("tide tables",), near=("wiki", "self-hosted")),
    handles=("tidewiki_team",),
    site="https://tidewiki.example",
    version=3,
)
BY_QUERY = sample.a_watch(terms=Terms(names=("tide",), query='tidewiki OR tide NEAR/10 (wiki OR "self hosted")'))
FILLED = WatchForm(
    names="Tidewiki, tide",
    near="wiki",
    handles="tidewiki_team",
    outcome=Outcome.LEADS,
    delivery=Delivery.DAILY,
    channel="C0MENTIONS",
)
BOOKSTACK = sample.a_watch(id=2, name="BookStack")
FOUND = [(NewSource(url="https://hn.example/", name=place.name, community=place.name), place) for place in TRIED[:3]]
LEAVING = [
    Listened(watch_id=1, watch="Tidewiki", source_id=7, place="r/devops", is_sick=True),
    Listened(watch_id=2, watch="BookStack", source_id=1, place="r/selfhosted", is_sick=False),
]
VIEWS = {
    "places-add": add_place_modal([sample.a_watch(), BOOKSTACK]),
    "places-add-again": add_place_modal([sample.a_watch()], silent=TRIED[4], address="tidewiki.example/forum"),
    "places-add-wait": add_place_modal([sample.a_watch()], silent=TRIED[5], address="reddit.com/r/selfhosted"),
    "places-looking": looking_modal("forum.tidewiki.example"),
    "places-found": found_modal(sample.a_watch(), FOUND, TRIED[3:]),
    "places-listening": listening_modal(sample.a_watch(), [place.name for place in TRIED[:2]]),
    "places-leave": leave_modal(LEAVING),
    "places-left": left_modal(LEAVING),
    "places-left-already": left_modal([]),
    "setup-start": start_modal("C0MENTIONS", command="/ears"),
    "setup-trying": trying_modal(["Tidewiki", "Tide Wiki"], [place.name for place in TRIED]),
    "setup-start-unfolded": start_modal("C0MENTIONS", command="/ears", filled=FILLED, is_unfolded=True),
    "setup-choose": choose_modal(sample.a_watch(channel="C0MENTIONS"), 5, TRIED[:3], TRIED[3:]),
    "setup-listening": setup_listening_modal(sample.a_watch(channel="C0MENTIONS"), places=2),
    "setup-nothing-heard": nothing_heard_modal(sample.a_watch(channel="C0MENTIONS"), TRIED[3:], SOON),
    "setup-no-more": no_more_places_modal(sample.a_watch()),
    "setup-settled": settled_modal("/ears"),
    "snooze": snooze_modal("Does Tidewiki keep page history?", "3:4", zone="Europe/Berlin", channel_id="C0MENTIONS"),
    "assign": assign_modal("Does Tidewiki keep page history?", "3:4", channel_id="C0MENTIONS"),
    "correct": correct_modal(
        "Does Tidewiki keep page history?",
        sample.a_reading(mood=Mood.BAD),
        "3:4",
        conversation_id=3,
        channel_id="C0MENTIONS",
    ),
    "mute": mute_modal(sample.a_post(), "3:4", is_promised=False, channel_id="C0MENTIONS", command="/ears"),
    "mute-promised": mute_modal(
        sample.a_post(author=""), "3:4", is_promised=True, channel_id="C0MENTIONS", command="/ears"
    ),
    "history": history_modal(
        "Does Tidewiki keep page history?", sample.a_past_page(), reader="U0COMMUNITY", conversation_id=3
    ),
    "history-waiting": history_modal(
        "Does Tidewiki keep page history?",
        PastPage(deeds=(), found_at=sample.WRITTEN, priority=sample.a_priority()),
        reader="U0COMMUNITY",
        conversation_id=3,
    ),
    "history-old": history_modal(
        "Does Tidewiki keep page history?",
        PastPage(
            deeds=(),
            found_at=sample.WRITTEN,
            priority=sample.a_priority(
                kind=Kind.PRAISE, mood=Mood.GOOD, asked_at=sample.NOW - timedelta(days=90), heard_at=sample.NOW
            ),
        ),
        reader="U0COMMUNITY",
        conversation_id=3,
    ),
    "history-none": history_modal(
        "Does Tidewiki keep page history?",
        PastPage(deeds=(), found_at=sample.WRITTEN),
        reader="U0COMMUNITY",
        conversation_id=3,
    ),
    "watch": watch_modal(WATCHED),
    "watch-unfolded": watch_modal(WATCHED, is_unfolded=True),
    "watch-query": watch_modal(BY_QUERY),
    "watch-query-unfolded": watch_modal(BY_QUERY, is_unfolded=True),
    "watch-pick": pick_watch_modal([sample.a_watch(), BOOKSTACK]),
    "watch-saved": saved_modal(sample.a_watch(), has_new_names=False),
    "watch-saved-new-names": saved_modal(sample.a_watch(), has_new_names=True),
    "watch-outdated": outdated_modal(sample.a_watch(), "U0SUPPORT", sample.NOW),
    "watch-stopped": stopped_modal(sample.a_watch()),
    "watch-gone": gone_modal(),
    "answer": answered_modal("Does Tidewiki keep page history?", "3:4", channel_id="C0MENTIONS"),
}
LONG = sample.NASTY * 40
NASTY_TRIED = [replace(place, name=LONG, detail=LONG) for place in TRIED] * 10
LONG_SOURCES = Sources(
    places=tuple(place_samples.a_place(name=LONG, watch=LONG, failures=n % 2, last_error=LONG) for n in range(300)),
    ailments=tuple(
        Ailment(source_id=n, place=LONG, kind=kind, began_at=sample.NOW, detail=LONG)
        for n, kind in enumerate([*Trouble] * 20)
    ),
    team_feeds=999,
    unheard=(Unheard(place=LONG, posts=0, links=9, newest=sample.NOW, page=f"https://x.example/{'a' * 280}"),) * 9,
)
NASTY_MESSAGES = {
    "back": draw_back(replace(BACK, by=LONG, reason=LONG)),
    "assigned": draw_assigned(
        sample.a_nasty_card(sample.tagged(Tag.INTERACT, replace(sample.claimed(), assigned_by=LONG))), to="U0SUPPORT"
    ),
    "sources": draw_sources(LONG_SOURCES, command="/ears"),
    "help": draw_help("/ears", LONG),
    "unsure": draw_unsure(doubt_samples.a_nasty_doubt_list()),
    "brake": draw_brake(sample.a_brake(watches=(LONG,) * 100, released_by="")),
    "started": draw_started(sample.a_watch(name=LONG), NASTY_TRIED, NASTY_TRIED, SOON),
    **{
        f"card {name}": draw_card(sample.a_nasty_card(card.conversation), names=(LONG, *sample.NAMES))
        for name, card in CARDS.items()
    },
}
NASTY_FILLED = WatchForm(names=LONG[:2_900], excluded=LONG[:2_900], near=LONG[:2_900], site=LONG[:2_900])
LONG_WATCH = sample.a_watch(name=LONG)
LONG_SOURCE = NewSource(url="https://x.example/" + "a" * 1_000, name=LONG, community=LONG)
NASTY_VIEWS = {
    "add": add_place_modal([LONG_WATCH] * 200, silent=NASTY_TRIED[0], address=LONG),
    "looking": looking_modal(LONG),
    "found": found_modal(LONG_WATCH, [(LONG_SOURCE, NASTY_TRIED[0])] * 9, NASTY_TRIED),
    "listening": listening_modal(LONG_WATCH, [LONG] * 9),
    "leave": leave_modal([Listened(watch_id=1, watch=LONG, source_id=n, place=LONG, is_sick=True) for n in range(150)]),
    "watch": watch_modal(sample.a_watch(name=LONG, terms=Terms(names=(LONG[:200],) * 14)), is_unfolded=True),
    "watch too long": watch_modal(sample.a_watch(name=LONG, terms=Terms(names=(LONG,)))),
    "watch pick": pick_watch_modal([LONG_WATCH] * 200),
    "watch saved": saved_modal(LONG_WATCH, has_new_names=True),
    "watch outdated": outdated_modal(LONG_WATCH, LONG, None),
    "watch stopped": stopped_modal(LONG_WATCH),
    "trying": trying_modal([LONG] * 100, [LONG] * 100),
    "start": start_modal("C1", command="/ears", filled=NASTY_FILLED, is_unfolded=True),
    "choose": choose_modal(sample.a_watch(name=LONG), 5, NASTY_TRIED, NASTY_TRIED),
    "nothing heard": nothing_heard_modal(sample.a_watch(name=LONG), NASTY_TRIED, None),
    "setup listening": setup_listening_modal(sample.a_watch(name=LONG), places=12_345),
    "no more": no_more_places_modal(sample.a_watch(name=LONG)),
    "snooze": snooze_modal(LONG, "3:4", zone="America/Argentina/ComodRivadavia", channel_id="C1"),
    "assign": assign_modal(LONG, "3:4", channel_id="C1"),
    "correct": correct_modal(LONG, sample.a_reading(), "3:4", conversation_id=3, channel_id="C1"),
    "mute": mute_modal(
        sample.a_post(title=LONG, author=LONG, community=LONG),
        "3:4",
        is_promised=False,
        channel_id="C1",
        command="/ears",
    ),
    "history": history_modal(LONG, sample.a_nasty_past_page(LINES_A_PAGE), reader="U1", conversation_id=3),
    "answer": answered_modal(LONG, "3:4", channel_id="C1"),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, MESSAGES[name])
    sample.assert_slack_takes(MESSAGES[name])


@pytest.mark.parametrize("name", VIEWS)
def test_every_modal_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, VIEWS[name])
    assert validate_view(VIEWS[name]) == []


@pytest.mark.parametrize("name", NASTY_MESSAGES)
def test_slack_takes_messages_of_the_nastiest_data(name):
    sample.assert_slack_takes(NASTY_MESSAGES[name])


@pytest.mark.parametrize("name", NASTY_VIEWS)
def test_slack_takes_modals_of_the_nastiest_data(name):
    assert validate_view(NASTY_VIEWS[name]) == []


@pytest.mark.parametrize("name", VIEWS)
def test_what_has_several_lines_stands_in_a_field_that_has_them(name):
    """Else two words become one when the form is saved as it was."""
    fields = [block["element"] for block in VIEWS[name]["blocks"] if block["type"] == "input"]

    assert [field for field in fields if "\n" in field.get("initial_value", "") and not field["multiline"]] == []
