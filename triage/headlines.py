"""Tables of what headlines and posts to nobody in particular say; how a table is read says triage/phrases.py."""

import re
from typing import Final

from triage.phrases import Phrases

# Said without asking: who asks which is better wants an answer, and is a question.
COMPARISONS = Phrases("""
    vs, vs., versus, compared to/with/against, comparison, comparing, alternative to, alternatives to, pros and cons
    pros, head to head, better than, worse than, faster than, slower than, cheaper than, prefer … over/to, instead of
    switched … from, switched from, switching from, migrated from, moved from, moving from, migrating from, replaced
    replacing, review 20*, reviewed, which is better, compared, side by side
    review:, honest review, honest look, first impressions
    through each, through both, which of them
    went back to, came back from, left … for, horses for courses
    of what … does/do/did/offers/has, does everything … does, everything … does and more
    all that … can/does, does the same for, half/third/quarter/tenth/fraction of the price/cost, half the price/cost
    i/we timed, timed on/against each/both/all/it, benchmarked, benchmarking, benchmark of
    shootout, shoot-out, bake-off, put … to the test, put to the test, through its/their paces, group test, tested:
    i/we tried/tested/compared … services/tools/apps/alternatives/providers/editors/clients
""")

NEWS = Phrases("""
    announces, announced, announcing, acquires, acquired, acquisition, raises, funding, series a/b/c, ipo, unveils
    launches, launched, releases, released, release notes, changelog, now available, general availability, is out
    out now, chore(release):, postmortem, post-mortem, cve-*, security advisory, security update, security release
    to watch in, roundup, round-up, news, files for, layoffs, lays off, partners with, shuts down, shutting down
    end of life, version 1/2/3/4/5/6/7/8/9, breach, appoints, named … leader, quarterly results
""")

PROMOS = Phrases("""
    join us, join our, register now, register here, sign up now, sign up for our, ask us anything, ama with
    is hiring, are hiring, we're hiring, [hiring], hiring:, job opening, apply now, webinar, start your free trial
    discount, % off, coupon, promo code, use code, use my code, giveaway, win a, limited time, special offer
    we are excited/thrilled/happy/proud to announce/share/introduce/launch, introducing, check out our, our new
    community call, doors open, call for speakers/papers/talks/proposals, bring your, every first/second/last
    office hours
    sponsored, book a demo, early bird, get your tickets, last chance, subscribe to, don't miss, do not miss
""")

# What is urgent also where nobody complains: a headline, an advisory.
ALARMS = Phrases("""
    outage, outages, cve-*, vulnerability, vulnerabilities, zero-day, 0-day, exploit, exploited, security advisory
    security hole, security flaw, breach, breached, data leak, leaked, exposed, hacked, ransomware, backdoor, recall
    ghsa-*, cache poisoning, token/credential/password/key/secret leak/leaks, command/code/sql injection
    cross-site scripting, privilege escalation, path traversal, remote code execution
    malicious … package/packages/version/release, fake … package/packages, malware, infostealer, npm/pypi worm
    steals/stole/stealing … tokens/token/credentials/passwords/secrets/keys/cookies, container/sandbox escape
    leaks … secrets/secret/tokens/token/credentials/passwords/keys
    compromised package/release/build/account
    hackers abuse/attack/breach/exploit/hijack/steal/target, mine/mining crypto, cryptojacking, world readable
    world-readable, security:, advisory:, high/critical severity, ship/ships/shipped/contains/contain a/an vulnerable
    vulnerable image/images/package/packages/dependency/dependencies/version/versions
    campaign/campaigns/attackers/scammers/spammers/phishers/criminals/crooks abuse/abuses/abusing/exploit/exploits
    campaign/campaigns/attackers/scammers/spammers/phishers/criminals/crooks hijack/hijacks/impersonate/impersonates
    supply chain attack, lawsuit, sues, typosquat*, malicious package
    malicious packages, hardcoded password, hard-coded password, npm advisory, recalled, servers down
""")

# Somebody teaches others how to use it.
LESSONS = Phrases("""
    tutorial, tutorials, crash course, full course, a guide to, guide to, beginner's guide, walkthrough, how to
    getting started with, for beginners, the basics of, lessons from, lessons learned, introduction to
    an intro to, step by step, tips for, tips and tricks, explained
    in 60/100 seconds, your first … plugin/app/pipeline/project/build, part 1/2/3/4:, part one/two/three
    how i, how we, deep dive, guide, guide:, primer, cheat sheet, notes from
    in 5/10/15/20/30/45/60 minutes, in ten/fifteen/twenty/thirty minutes, beginner's walk
    free/online/video course, bootcamp
    in one/an evening/afternoon/hour/weekend, in under … min/minutes, from scratch, from zero to
""")
# What people call what they wrote up: "Deploying a wiki with Tidewiki", "New post: testing a boat with Tidewiki".
LESSON_TITLE: Final = re.compile(
    r"\W*(?:new (?:(?:blog )?post|article|video|write-?up)\s*[:\u2013-]"
    r"|blogged\b|(?:(?:i|we) )?(?:just )?(?:wrote|published) (?:an?|another|my) (?:[\w-]+ ){0,2}"
    r"(?:post|article|guide|write-?up)\b"
    r"|(?:automating|building|caching|compiling|configuring|creating|cutting|debugging|deploying|finding"
    r"|generating|hosting|hunting|installing|keeping|making|managing|measuring|migrating|monitoring|moving|organi[sz]ing|packaging|porting"
    r"|profiling|publishing|reducing|releasing|running|scaling|securing|self-?hosting|setting up|sharing|shipping"
    r"|signing|speeding up|syncing|teaching|testing|tracking|turning|using|versioning|writing)\b"
    r"(?=.* (?:with|on|in|to|for)\b)"
    # A whole sentence tells of something else: "Running it costs more than it saves on paper".
    r"(?!.* (?:is|are|was|costs?|fails?|feels?|gets?|hangs?|makes?|means|needs?|takes?)\b)"
    r"|(?:deploy|install|learn|self-?host|set up)\b(?=.* (?:with|on|in|to|for)\b))",
    re.IGNORECASE,
)

# What is sent to everybody each week, whatever else it names: "Issue 212: ...", "Garden Weekly #31", "Newsletter 88".
_NEWSLETTER: Final = re.compile(
    r"\W*+(?:(?:[\w&'.-]+ ){0,3}?(?:newsletter|digest|weekly|bulletin|gazette|dispatch|round-?up)"
    r"|issue|edition|vol(?:ume|\.)?)(?: (?:no\.?|issue|week|vol\.?))? ?#? ?\d{1,4}\s*(?:[:,|\u2013-]|\Z)"
    r"|\W*+this (?:week|month) in [\w ]+(?:[:#]|\Z)"
    r"|\W*+(?:friday|sunday|monday|weekend|weekly) (?:links|reads|reading)\b",
    re.IGNORECASE,
)
# "Episode 212: ...", "new episode: ...", "Garden Show #88: ..."; not "Episode 3 of my quarrel with them".
_EPISODE: Final = re.compile(
    r"\W*+(?:(?:(?:a|the|our) )?(?:new|latest|this week's|today's) (?:\w+ )?episode\b"
    r"|(?:podcast )?(?:episode|ep\.?) ?#?\d{1,4}\s*(?:[:,(|\u2013-]|\Z)"
    r"|(?:[\w'&-]+ ){0,3}?(?:\w*cast|fm|hour|radio|show|talks?) (?:#|no\.? ?|ep\.? ?)\d{1,4}\s*[:,(|\u2013-])",
    re.IGNORECASE,
)
# What is put to the test side by side: whoever wrote that speaks of each.
PUTS_TO_TEST: Final = re.compile(
    r"\bput (?:\w+ ){0,3}to the test\b|\bthrough (?:its|their) paces\b|\btested\s*:|\bgroup test\b", re.IGNORECASE
)


def is_sent_to_all(title: str, text: str) -> bool:
    """Return whether it is an issue of a newsletter, or an episode, also where only its text announces it."""
    return bool(_NEWSLETTER.match(title) or _EPISODE.match(title or text))
