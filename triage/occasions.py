"""What titles and texts of meetings, profile pages and lists look like."""

import re
from typing import Final

# What pages about somebody are called where only their title arrives.
PROFILE_TITLE: Final = re.compile(
    r"\(@\w+\)\s*[/|\u2022-]\s*(?:twitter|x|instagram|threads)\b|\b(?:company|profile) (?:profile|page)\b"
    r"|\s[-|:\u00b7\u2013\u2014]\s*(?:linkedin|wikipedia|crunchbase|github|facebook|instagram|youtube|wellfound"
    r"|glassdoor|g2|capterra|trustpilot|alternativeto|product hunt|stackshare)(?:\s*$|[,.:|]|\s+(?:company"
    r"|profile|page)\b)",
    re.IGNORECASE,
)

_MEETING = re.compile(
    r"\b(?:meet-?ups?|webinars?|workshops?|conferences?(?! call| room)|keynotes?|hackathons?|summits?|booths?"
    r"|office hours"
    r"|user group|unconference|lightning talks?|hallway track|roadshow|barcamp|(?:talk|slides|session"
    r"|stickers) (?:at|from)"
    r"|(?:speaking|spoke|presenting|presented|met \w+ \w+|met \w+) at|fosdem|devoxx|sxsw)\b",
    re.IGNORECASE,
)
# KubeCon, DevConf, BSDCan: by their capitals.
_NAMED_MEETING = re.compile(r"\b[A-Z]\w*(?:Con|Conf|Camp|Fest|Days)\b")
_THEN = re.compile(
    r"\b(?:tonight|tomorrow|today|yesterday|last night|(?:this|next) (?:week|weekend|month|evening|afternoon|morning)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|january|february|march"
    r"|april|june|july|august|september|october|november|december"
    r"|\d{1,2}(?::\d\d)?\s*(?:am|pm|utc|cet|est|pst)|join (?:us|our)|register|rsvp|see you|packed|room|stand"
    r"|hall|slides"
    r"|speaking|spoke|talk|attend\w*|going to|met|live from|at #\w+)\b|#\w*conf",
    re.IGNORECASE,
)
_THERE = re.compile(r"\b(?:at|in) #?[A-Z]\w+")
# Asks who comes, and nothing of us.
WHO_COMES: Final = re.compile(
    r"\b(?:going to|go to|coming to|attend\w*|joining|see you at|meet (?:us|me|up))\b", re.IGNORECASE
)

# Lists and passing words: "Built with ...", "My 2026 toolchain: ...", "Links for November", "[Hiring]".
IN_PASSING: Final = re.compile(
    r"\b(?:built|made|powered|deployed|hosted|tested)\s+(?:with|on|by|using)\b|\bcurated list\b|^awesome\b|^show hn:"
    r"|^(?:links|reading list|weekly links|roundup|bookmarks)\b|\b(?:tool ?chain|stack|setup|toolbox"
    r"|partners)\b.{0,20}:"
    r"|\bask (?:me|us) anything\b|\b(?-i:AMA)\b"
    r"|\[(?:for )?hir(?:ing|e)\]|\bstarter[- ]kit\b|\btemplate\b.{0,20}:|\bconfig included\b|\bto watch in\b"
    r"|,\s+[\w. ]{1,30} and (?:more|others)\s*$|(?:[\w.]+,\s+){2,}(?:and\s+)?[\w.]+\s*$",
    re.IGNORECASE,
)
# Before a name in a headline: "Examples for Tidewiki 5.0", "Notes with Tidewiki".
BESIDE_THE_POINT: Final = re.compile(r"\b(?:for|to|using|via|with)\s+\Z", re.IGNORECASE)
# Not the US.
FIRST_PERSON: Final = re.compile(r"\b(?:i|i'm|i've|my|me|we|we're|we've|our|(?-i:us|Us))\b", re.IGNORECASE)


def is_meeting(words: str) -> bool:
    """Return whether `words` speak of a meeting of people, with a place, a day or somebody who goes there."""
    named = _MEETING.search(words) or _NAMED_MEETING.search(words)
    return bool(named and (_THEN.search(words) or _THERE.search(words)))
