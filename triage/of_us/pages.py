"""Pages about us that nobody wrote to be answered: profiles, entries in directories, what is called "About ..."."""

import re
from typing import Final
from urllib.parse import urlsplit

from engagement.post import Post
from engagement.sites import belongs_to, host_of
from engagement.watch import Watch
from triage.occasions import MONTHS
from triage.of_us.by_name import US, by_name
from triage.plain import opening_of

# Pages about somebody, written by nobody who waits: (host, beginning of the path).
PROFILE_PAGES: Final = (
    ("wikipedia.org", "/wiki/"),
    ("wikidata.org", "/wiki/"),
    ("linkedin.com", "/company/"),
    ("crunchbase.com", "/organization/"),
    ("alternativeto.net", "/software/"),
)
# What pages about somebody are called where only their title arrives.
PROFILE_TITLE: Final = re.compile(
    r"\A[\w ]{1,40}\(@[\w@.-]+\)\s*\Z|\(@[\w@.-]+\) (?:on|at) \w+\s*\Z|\A[\w-]+ - overview\s*\Z"
    r"|\w's profile\b|\bgithub - [\w.-]+/?[\w.-]*(?::|\s*\Z)"
    r"|\bhas \d+ repositor(?:y|ies) available\b|\A\W*official (?:account|channel|page|profile) (?:for|of)\b"
    r"|\A(?:newest|frequent|highest scored|unanswered) \S+ questions\b"
    r"|\A(?:contact(?: us)?|imprint|impressum|legal notice|press kit|our team|careers)\s*[-|:\u00b7\u2013]\s"
    r"|\(@[\w@.-]+\)\s*[/|\u2022\u00b7\u2013-]\s*\w[\w. ]{0,30}\Z"
    r"|\b(?:company|profile|organi[sz]ation) (?:profile|page)\b"
    r"|\b(?:the|an?|official) (?:un)?(?:official )?subreddit (?:for|of|about)\b|\Ar/\w+\s*(?:[:|\u2013-]\s|\Z)"
    r"|\A(?:user )?profile\s*[-|:\u00b7\u2013]\s|\Aabout us\b(?=\s*(?:[-|:\u00b7\u2013]|\Z))"
    r"|:\s(?:competitors|funding|headcount|investors|revenue|valuation)\b"
    r"|\breviews,? (?:&|and|ratings|pricing|alternatives|features)"
    r"|\s[-|:\u00b7\u2013\u2014]\s*official (?:account|blog|channel|page|profile|site|website)\s*\Z"
    r"|\s[-|:\u00b7\u2013\u2014]\s*(?:linkedin|wikipedia|wikidata|crunchbase|github|facebook|instagram|youtube|wellfound"
    r"|glassdoor|g2|capterra|trustpilot|alternativeto|product hunt|stackshare)(?:\s*$|[,.:|]|\s+(?:company"
    r"|profile|page|channel)\b)",
    re.IGNORECASE,
)
# "Tidewiki (@tide@wiki.example): notes for boats": what others call us may have a person's name before its handle.
_CALLED_ABOUT_US = rf"{US}[\w -]{{0,20}}\(@[\w.-]+@[\w.-]+\)\s*:|about {US}[\w-]*\s*(?:[:|\u00b7\u2013]|\s-\s|\Z)"

# What directories, shops for apps and profiles tell of whatever stands in them.
_COUNTED = "downloads|employees|followers|people|ratings|repositories|reviews|shops|subscribers"
_HEADINGS = "age rating|anti-features|category|developer|licen[cs]e|seller|see also|vendor"
_FACTS: Final = {
    "since when": rf"\b(?:est\.|established|founded|since|joined)(?: in)?(?: (?:{MONTHS}))? (?:1[89]|20)\d\d\b",
    "how many": rf"\b\d[\d,.]{{0,11}}[km]?\+? (?:{_COUNTED})\b",
    "how well liked": r"\b[1-4]\.\d(?: \u2605| stars?| out of 5)?(?! ?[kmg]b\b)(?=[ ,.(]|\Z)",
    "a heading": rf"\b(?:{_HEADINGS}):\s",
    "another heading": rf"\b(?:{_HEADINGS}):\s.*\b(?:{_HEADINGS}):\s",
    "of what sort": r"\b(?:business|developer tools|education|finance|navigation|productivity|travel|utilities)[.,|]",
    "what for": r"\b(?:photo & video|food & drink|manufacturer of|maker of)\b",
    "for whom": r"\b(?:1[0-7]|[349])\+(?!\w)|\bin-app purchases\b|\bcontains (?:no )?ads\b",
    "how large": r"\b\d+(?:\.\d+)? MB\b",
    "by whom": r"\(@\w+\)|\b(?:ltd|gmbh|inc|plc)\b|\bclaimed profile\b|\beditors' choice\b|\A\W*about [A-Z]",
    # "Tidewiki \u00b7 Ghent", "Tidewiki | Ghent"
    "one beside the other": r"\s[\u00b7|]\s",
    "what it is for": r"\b(?:automated updates|not monitored|official (?:account|page|channel)|tweets by)\b",
    "on which site": r"\b(?:youtube channel|github organi[sz]ation|on (?:github|linkedin|crunchbase|product hunt)$)",
}
_ENTRIES: Final = tuple(re.compile(fact, re.IGNORECASE) for fact in _FACTS.values())
FACTS_AT_LEAST: Final = 2
"""Facts of an entry in a text; one alone is told in passing."""


def is_profile(post: Post, watch: Watch) -> bool:
    """Return whether `post` is a profile, by its address, or by its title, as "About Tidewiki" is."""
    title = opening_of(post).strip()
    about_us = by_name(_CALLED_ABOUT_US, watch.terms.names).match(title)
    return _is_profile_page(post.url) or bool(PROFILE_TITLE.search(title) or about_us)


def is_entry(words: str) -> bool:
    """Return whether `words` are what a directory, a shop for apps or a profile says of somebody."""
    return sum(bool(fact.search(words)) for fact in _ENTRIES) >= FACTS_AT_LEAST


def _is_profile_page(url: str) -> bool:
    host = host_of(url)
    return any(belongs_to(host, site) and urlsplit(url).path.startswith(start) for site, start in PROFILE_PAGES)
