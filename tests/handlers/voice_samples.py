"""Guides, drafts and what stands beside them, as the views draw them."""

from dataclasses import replace
from datetime import timedelta

import view_samples as sample

from engagement.understanding.reading import Kind
from engagement.voice.check import Occasion
from engagement.voice.draft import Draft, DraftState, Roles, SaidInPublic
from engagement.voice.guide import CommunityRules, Disclosure, Guide, Promotion, Rule, manners_in
from engagement.voice.writing import Turn, Writing

REDDIT = CommunityRules(
    community="Reddit",
    longest=600,
    links=1,
    promotion=Promotion.WHEN_ASKED,
    wording="At most one in ten of your posts may be about your own things.",
    approval=True,
    late_days=90,
    version=3,
)
GUIDE = Guide(
    sounds_like="We say I, not we.\nWe thank before we explain.\nWe never argue about prices.",
    banned=("cheap", "game changer"),
    disclosure=Disclosure.WITH_OUR_LINK,
    disclosing=("Tidewiki team here",),
    longest=1_200,
    links=2,
    hard=frozenset({Rule.WORDS, Rule.DISCLOSURE}),
    communities=(REDDIT,),
    version=2,
)
ROLES = Roles(
    speak=("U0SUPPORT", "U0FOUNDER"), approve=("U0FOUNDER",), configure=("U0FOUNDER",), approved=frozenset({1})
)
TEXT = "Thank you, Pat. It keeps the history when the table page_rev is in the backup. I work on Tidewiki."


def a_draft(**facts: object) -> Draft:
    given = {
        "id": 9,
        "conversation_id": 3,
        "text": TEXT,
        "by": "U0SUPPORT",
        "at": sample.TAGGED + timedelta(minutes=20),
        "state": DraftState.READY,
    }
    return Draft(**(given | facts))


def judged(state: DraftState, **facts: object) -> Draft:
    given = {"judged_by": "U0FOUNDER", "judged_at": sample.TAGGED + timedelta(minutes=30), "version": 2}
    return a_draft(state=state, **(given | facts))


def said(**facts: object) -> SaidInPublic:
    given = {
        "conversation_id": 1,
        "community": "r/selfhosted",
        "title": "Where are my attachments after the upgrade?",
        "asked_url": "https://www.reddit.com/r/selfhosted/comments/old/",
        "kind": Kind.QUESTION,
        "by": "U0FOUNDER",
        "at": sample.WRITTEN - timedelta(days=19),
        "text": "Hello, they moved to /data/files. I maintain Tidewiki, and should have said so in the notes. Sorry!",
        "url": "https://www.reddit.com/r/selfhosted/comments/old/_/answer/",
        "seen": True,
    }
    return SaidInPublic(**(given | facts))


def a_writing(**facts: object) -> Writing:
    card = sample.a_card(sample.tagged(sample.Tag.INTERACT, sample.claimed()))
    theirs = Turn(author="u/paperless_pat", at=sample.WRITTEN, text="Does Tidewiki keep page history after a restore?")
    ours = Turn(author="tide_maya", at=sample.TAGGED, text="Which version is it?", by="U0COMMUNITY")
    given = {
        "card": card,
        "guide": GUIDE,
        "manners": manners_in(GUIDE, "r/selfhosted"),
        "occasion": Occasion(community="r/selfhosted"),
        "turns": (theirs, ours, replace(theirs, at=sample.TAGGED, text="0.9.2, in Docker.")),
        "to_them": (said(),),
        "good": (said(title="Can I export?", text="You can, since 0.9: Settings, Export."), said(url="", text="")),
    }
    return Writing(**(given | facts))


def a_nasty_writing() -> Writing:
    long = sample.NASTY * 40
    nasty = said(community=long, title=long, asked_url="https://x.example/" + "a&" * 900, url="", by=long, text=long)
    rules = CommunityRules(
        community=long, longest=3_000, links=20, late_days=3_650, promotion=Promotion.NEVER, wording=long
    )
    guide = Guide(
        sounds_like="\n".join([long] * 30),
        banned=(long,) * 200,
        disclosure=Disclosure.ALWAYS,
        longest=3_000,
        links=20,
        hard=frozenset(Rule),
        communities=(rules,) * 40,
    )
    return a_writing(
        card=sample.a_nasty_card(sample.tagged(sample.Tag.INTERACT, sample.claimed())),
        guide=guide,
        manners=manners_in(guide, long),
        turns=(Turn(author=long, at=sample.NOW, text=long),) * 4,
        to_them=(nasty,) * 2,
        good=(nasty,) * 3,
        mine=a_draft(text=(long * 3)[:3_000], id=10**17, version=10**17),
        others=(a_draft(text=long, by=long, id=10**17),) * 30,
        asks=True,
    )
