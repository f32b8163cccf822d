"""What titles and texts of meetings and lists look like."""

import re
from collections.abc import Iterable
from typing import Final

from triage.of_us.by_name import US, by_name

MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"

# Said of nothing but a meeting, and what may as well be the room, the hour or the product.
_MEETING = re.compile(
    r"\b(?:meet-?ups?|webinars?|workshops?|masterclass(?:es)?|conferences?(?! call| room)|keynotes?|hackathons?"
    r"|summits?|booths?|expo|trade (?:fair|show)|office hours|community call|fireside|hack (?:day|night|weekend)"
    r"|install party|(?:party|drinks|dinner|breakfast) at"
    r"|open (?:day|evening|house)s?|(?:user|developer|partner|community|installer|training|educators'?) (?:day|group)s?"
    r"|(?:launch|release|tasting|quiz|movie|test) (?:party|night|evening)|lunch (?:&|and|n) learn|repair caf\u00e9"
    r"|unconference|lightning talks?|hallway track|roadshow|barcamp"
    r"|(?:talk|panel|slides|session|stand|stickers) (?:at|from|by)|(?:stand|stall) in"
    r"|(?:speaking|spoke|presenting|presented|demoing|met (?:@?\w+ ){0,3}@?\w+) at|on stage|fosdem|devoxx|sxsw)\b",
    re.IGNORECASE,
)
# KubeCon, DevConf, BSDCan: by their capitals; 39C3; a talk named in brackets.
_NAMED_MEETING = re.compile(
    r"\b[A-Z]\w*(?:Con|Conf|Camp|Fest|Days)\b|\b[A-Z]\w+ (?:Conf|Con)\b|#\w{3,}(?:con|conf)(?:\d\d|\d{4})?\b"
    r"|\b\d\dC3\b|[(\[][\w ]*\b(?i:talk|keynote|panel)[)\]]|[(\[](?i:live|recorded) at [A-Z]"
)
_DAY_OF_US: Final = rf"{US}(?:'s)? (?:Days?|Summit|Live|Fest|Camp)\b"
_GATHERING = re.compile(
    r"\b(?:evening|night|breakfast|brunch|lunch|dinner|supper|drinks|picnic|party|clinic|festival|fair|show|class"
    r"|tour|table|stand|stall|talk|panel|session|stream|call|day|live)\b",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:tonight|tomorrow|today|yesterday|last night|(?:this|next) (?:week|weekend|month|evening|afternoon|morning)"
    r"|(?:mon|tues?|wed(?:nes|s)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|january|february|march"
    r"|april|june|july|august|september|october|november|december"
    r"|\d{1,2}(?::\d\d)?\s*(?:am|pm|utc|cet|est|pst)|join (?:us|our)|register|rsvp|see you|packed|room|stand"
    r"|hall|slides"
    r"|speaking|spoke|talk|attend\w*|going to|met|live from|at #\w+)\b|#\w*conf",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\b(?:at|in) #?[A-Z]\w+|\b(?:at|by|from) (?:the|their|your|our|an?) (?:[@#]?\w+ ){0,2}(?i:booth|stand|stall)\b"
    r"|\b(?:at|from|of) (?:the|their|our|last) (?:[@#]?\w+ ){0,2}(?i:conference|hackathon|meet-?up|summit|workshop)\b"
    r"|\b[Tt]he (?:[@#]?\w+ ){0,2}booth\b|(?:Con|Conf|Camp|Fest|Days?)(?: [A-Z]\w+)? (?:19|20)\d\d\b"
    r"|(?:Conf|Camp|Fest|Days) [A-Z]\w+\s*[:,]"
    r"|\b[Ff]rom [A-Z]\w*(?:Con|Conf|Camp|Fest|Days)\b|(?:Conf|Camp|Fest|Days?) [A-Z]\w+\s*\Z|^(?i:recap|trip report)\b"
)
# What those who invite say, and those who were there.
_COMING = re.compile(
    r"\bbring (?:a|an|your|along)\b|\bfree (?:pizza|entry|soup|coffee|drinks|beer|food|tickets?)\b|\bpizza\b"
    r"|\b\d+ (?:seats|places|tickets|spots)\b|\b(?:seats|places|tickets) left\b|\bfirst drink\b|\bcoffee'?s on us\b"
    r"|\brsvp\b|\bregister\b|\bsign up at\b|\b(?:hall|stand|booth|room|tent) [A-Z]?\d+\b|\bhosted by\b|#\d+\b"
    r"|\b(?:join|find|meet|visit) us\b|\bwith us on\b|\bin line\b|\bqueued?\b|\bsat next to\b|\bshook hands\b"
    r"|\bchat(?:s|ted)? with\b|\bmet (?:the|a|an|two|three|some|somebody|someone)\b"
    r"|\b(?:spare|extra|unused|leftover|selling|two) tickets?\b|\bcall for (?:papers|proposals|speakers|talks)\b"
    r"|\b(?:who|everyone who|everybody who) (?:came|joined|showed up|turned up|stopped by|dropped by|made it)\b"
    r"|\bwas (?:a lot of |so much |great |good )?fun\b|\bnotes from\b"
    r"|\b(?:haul|swag|stickers?|socks|t-?shirts?)\b|\brecording\b|\b(?:link|agenda)\b.{0,20}\b(?:room|free)\b",
    re.IGNORECASE,
)
# Asks who comes, and nothing of us.
WHO_COMES: Final = re.compile(
    r"\b(?:going to|go to|coming to|attend\w*|joining|see you at|meet (?:us|me|up))\b"
    r"|\bwho(?:'s| is| else is|'s all| all is) (?:coming|going|in|up for|attending|joining|around|presenting)\b"
    r"|\b(?:any(?:body|one)|who else|who(?:'s| is)) (?:else )?(?:is |was )?(?:at|in|there|been)\b"
    r"|\bany(?:body|one) from (?:[@\w]+ ){1,3}at\b|\bwho will be at\b"
    r"|\bwho(?:'s| is| are)? speak(?:s|ing)\b|\bopen to everyone\b",
    re.IGNORECASE,
)

# Asks where and how people meet, or for what is left of it.
_HOW_IT_IS_HELD = re.compile(
    r"\brecord(?:ing|ings|ed)\b|\bslides\b|\bput online\b|\bstream(?:ed|ing)?\b|\bhybrid\b|\bremote(?:ly)?\b"
    r"|\b(?:wheelchair|step-free|accessible|venue|parking|vegan|childcare|tickets?|sold out|speakers?|cfp)\b"
    r"|\bcan i (?:join|come)\b|\b(?:watch|see|find) the (?:talks?|videos?)\b|\bgive a talk\b|\bwhat time\b"
    r"|\bon (?:youtube|video|peertube|vimeo)\b|\bhave a (?:booth|stand|stall)\b|\bpick(?:ed)? (?:it|them) up\b"
    r"|\b(?:lost|left|found) (?:a|an|my)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"(?<!my )(?<!our )\b(?:meet-?ups?|workshops?|conferences?(?! call| room)|keynotes?|hackathons?|summits?"
    r"|unconference|webinars?|livestreams?|panels?|(?:the|your|all|these) (?:[\w-]+ )?talks?|booths?|office hours"
    r"|community calls?|(?:community|developer|partner|training|user) (?:days?|groups?)|fosdem|devoxx)\b",
    re.IGNORECASE,
)
# Says when and where, and asks everybody to come.
_INVITES = re.compile(
    r"\b(?:meet|join|find|visit|see) us\b|\bcome (?:and|along|by|over)\b"
    r"|\bcall for (?:speakers|papers|talks|proposals)\b|\bpizza (?:included|from|by|on|paid|provided|sponsored)\b"
    r"|\bdoors open\b|\b(?:rsvp|register|sign up)\b"
    r"|\b(?:and|free|with) (?:pizza|drinks|beers?|food|snacks|coffee|cake|soup)\b"
    r"|\b(?:seats|places|spots|tickets) left\b|\b\d+ (?:seats|places|spots)\b|\bfree (?:entry|tickets?)\b"
    r"|\bbring (?:your|along)\b|\bevery (?:first|second|third|last|other)\b|\b(?:booth|stand|hall) [A-Z]?\d+\b"
    r"|\b(?:workshops?|sessions|talks|keynotes?) by\b|\b(?:hosted|organi[sz]ed|sponsored) by\b"
    r"|\b(?:agenda|line-?up|programme|speakers):"
    rf"|\b(?:{MONTHS}) (?:edition|event|gathering|meet-?up|session)\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS})\b|\b(?:{MONTHS}) \d{{1,2}}\b(?!\d)|\bin (?:{MONTHS})\b",
    re.IGNORECASE,
)
_WAS_THERE = re.compile(
    r"\b(?:i|i'm|i've|my|me|yesterday|last (?:night|week|month|year)|recap|report|slides|photos|notes|recording|live"
    r"|was|were|met|got|went|took|learned|talked|spoke|loved|enjoyed)\b",
    re.IGNORECASE,
)

# Asks for work, and nothing of us.
SEEKS_WORK: Final = re.compile(
    r"\blooking for (?:an? |my )?(?:new |next |first )?(?:job|role|position|work|gig|contract|employer|opportunit\w+)\b"
    r"|\bopen (?:to|for) (?:work|offers)\b|\bavailable for hire\b|\bfor hire\b",
    re.IGNORECASE,
)
# "See https://...", "Use A with any B": an answer, also where it opens what we see of a thread.
POINTS_TO: Final = re.compile(
    r"\A\s*(?:see|related|source|duplicate of|have a look at|take a look at|cf\.?)\b.{0,60}?https?://"
    r"|\A\s*(?:use|see) .{2,60}? with any\b",
    re.IGNORECASE,
)

_DISTRIBUTIONS: Final = (
    "alpine|arch|aur|backports|chocolatey|conda-forge|debian|epel|f-droid|fedora|flathub|freebsd|gentoo|guix"
    "|homebrew|macports|mint|nixos|nixpkgs|openbsd|opensuse|openwrt|pkgsrc|rawhide|scoop|sid|snap store|tumbleweed"
    "|ubuntu|void|winget"
)
# Lists and passing words: "Built with ...", "My 2026 toolchain: ...", "Links for November", "[Hiring]".
IN_PASSING: Final = re.compile(
    r"\b(?:built|made|powered|deployed|hosted|tested)\s+(?:with|on|by|using)\b"
    r"|\b(?:tests?|builds?|ci) (?:runs?|lives?) on\b|\bcurated list\b|^awesome\b|^show hn:"
    r"|^(?:links|reading list|weekly links|roundup|bookmarks)\b|\b(?:tool ?chain|stack|setup|toolbox"
    r"|partners|certifications|customers)\b.{0,20}:"
    r"|^new (?:blog )?(?:post|article|video)\s*[:\u2013-]|^blogged\b|^(?:add|update|fix) (?:the )?(?:\w+ )?badge\b"
    r"|^(?:the )?state of (?:[\w-]+ ){1,3}(?:19|20)\d\d\b|\bsurvey results\b"
    r"|\bresults of (?:the|our) (?:\w+ ){0,3}survey\b"
    r"|\b(?:annual|market|industry|benchmark) report\b|^(?:what|how) \d[\d,.]*k? \w+ \w+"
    r"|\b(?:our|my|university|college|summer|evening) (?:[\w-]+ ){0,2}"
    r"(?:bootcamp|class|course|curriculum|lab|seminar|syllabus)\b"
    r"|\bhome ?lab (?:tour|setup|upgrade|update)\b|\b(?:desk|office|studio|setup|rack) tour\b"
    r"|\b(?:landed|arrived|packaged|available|accepted|updated|removed|new|now) (?:in|for|into|on|to) "
    rf"(?:the )?(?:[\w-]+ ){{0,2}}?(?:{_DISTRIBUTIONS})\b"
    r"|\bask (?:me|us) anything\b|\b(?-i:AMA)\b"
    r"|\bsponsor(?:s|ed by)?\b|\bpodcast\b|\bepisode \d|\b(?:weekly|monthly) thread\b"
    # Who tells of a thing of theirs, of a new job, or of a setting: we are beside it.
    r"|^(?:i |we |just |finally ){0,2}(?:released|shipped|tagged) (?:v?\d|version \d|[\w./-]+ v?\d)"
    r"|\blast day at\b|^(?:new job|career update)\b|\bi(?:'m| am)? (?:start|starting) at (?-i:@?[A-Z])"
    r"|^(?:\w+ )?years? at (?-i:@?[A-Z])|^(?:guests?(?: today)?:|on air\b)"
    r"|^(?:(?:an )?interview|in conversation) with\b"
    r"|\bjoin(?:ing|ed)? @?[\w.-]+(?: [A-Z]\w+)? as\b|^set (?-i:`?[A-Z][A-Z0-9]*_[A-Z0-9_]+)|^(?:rate|roast) my\b"
    r"|^my (?:[\w-]+ ){0,2}(?:apps|collection|costs|desk|homelab|setup|stack|tool ?chain|toolbox|tools|workflow)\b"
    r"|^(?:listening to|now (?:playing|reading|watching)|bookmarked)\b|^new on\b"
    r"|\b(?:wrote|published) (?:a|an|another|my) (?:[\w-]+ ){0,2}(?:post|article|guide|write-?up)\b"
    r"|^(?:weekend|side) project\b|^show-?off\b|\bhistory of\b"
    r"|^how we work\b|^a list of\b|^what(?:'s| is) (?:on|in) (?:my|your)\b"
    r"|^(?:the )?(?:top \d+|\d+ best)\b|^who(?:'s| is) hiring\b"
    r"|^(?:contract|freelance|vacancy)[,:]"
    r"|^(?:the )?(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|best|top) (?:[\w-]+ ){0,2}"
    r"(?:alternatives|apps|clients|companies|editors|platforms|providers|services|tools)\b"
    r"|[\w.] \+ [\w.]{1,30} \+ |\bdocker-compose\b|\bdotfiles\b|\bawesome-\w+|\bhomelab:|/uses\b"
    r"|\[(?:for )?hir(?:ing|e)\]|\bstarter[- ]kit\b|\btemplate\b.{0,20}:|\bconfig included\b|\bto watch in\b",
    re.IGNORECASE,
)
# "Five to watch: Dokuwiki, Tidewiki and more"; but who compares them speaks of each.
ENDS_IN_LIST: Final = re.compile(
    r",\s+[\w. ]{1,30} and (?:more|others)\s*$|[\w.],\s+[\w.]+,\s+(?:and\s+)?[\w.]+\)?\s*$", re.IGNORECASE
)
# Who pays for a meeting is named at one that they need not be at.
SPONSORS: Final = re.compile(r"\bsponsors\b|\bsponsored by\b", re.IGNORECASE)
# "How we host it", also where it is a post of one's own that is shared.
TELLS_HOW: Final = re.compile(r"(?:.{0,30}[:\u2013-] )?how (?:i|we)\b", re.IGNORECASE)
# People leave out the "I" of a title: "Moved forty pages", "Paying customer for years", "Unpopular opinion: ...".
SAYS_NO_I: Final = re.compile(
    r"\W*(?:(?:just|finally|recently|still|been|so) )?(?:asked|bought|cancell?ed|changed|considering|converted"
    r"|ditched|fell|finished|found|gave|got|happily|joined|learned|learnt|leaving|left|lost|loving|migrated|missing"
    r"|moved|paid|paying|ported|ran|replaced|ripped|saved|sold|spent|started|struggling|swapped|switched|thinking"
    r"|thought|tried|trying|upgraded|used|wasted|watched|went|woke)\b"
    r"|\W*(?:confession|controversial|counterpoint|hot take|opinion|psa|rant|unpopular opinion|day (?:one|\d+)"
    r"|customer for|user since|long ?time"
    r"|(?:\d+|two|three|four|five|six|ten) (?:days|weeks|months|years) (?:in|into|with|of|on|later|after))\b",
    re.IGNORECASE,
)
# Not the US.
FIRST_PERSON: Final = re.compile(r"\b(?:i|i'm|i've|my|me|we|we're|we've|our|(?-i:us|Us))\b", re.IGNORECASE)


def is_meeting(words: str, names: Iterable[str] = ()) -> bool:
    """Return whether `words` speak of a meeting of people, with a place, a day or somebody who goes there.

    What is called an evening, a stand or a talk is one only if people are also asked to come, or were there. `names`
    are those of who is listened for: the day, or the days, of one of them is a meeting as well.
    """
    if _MEETING.search(words) or _NAMED_MEETING.search(words) or _is_day_of(names, words):
        return _is_set(words) or bool(_COMING.search(words))
    return bool(_GATHERING.search(words)) and _is_set(words) and bool(_COMING.search(words))


def _is_set(words: str) -> bool:
    return bool(_THEN.search(words) or _THERE.search(words))


def asks_about_meeting(words: str, names: Iterable[str] = ()) -> bool:
    """Return whether a question asks who comes to a meeting, how it is held, or for what is left of it."""
    who_comes = bool(WHO_COMES.search(words))
    is_held = bool(_HELD.search(words) or _NAMED_MEETING.search(words)) or _is_day_of(names, words)
    return (who_comes and is_meeting(words, names)) or (is_held and (who_comes or bool(_HOW_IT_IS_HELD.search(words))))


def is_invitation(words: str) -> bool:
    """Return whether `words` that speak of a meeting ask everybody to come, and do not tell what somebody did there."""
    return bool(_INVITES.search(words)) and not _WAS_THERE.search(words)


def _is_day_of(names: Iterable[str], words: str) -> bool:
    return bool(by_name(_DAY_OF_US, tuple(names), any_case=False).search(words))
