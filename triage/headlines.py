"""Tables of what headlines and posts to nobody in particular say; how a table is read says triage/phrases.py."""

from triage.phrases import Phrases

# Said without asking: who asks which is better wants an answer, and is a question.
COMPARISONS = Phrases("""
    vs, vs., versus, compared to/with/against, comparison, comparing, alternative to, alternatives to, pros and cons
    pros, head to head, better than, worse than, faster than, slower than, cheaper than, prefer … over/to, instead of
    switched … from, switched from, switching from, migrated from, moved from, moving from, migrating from, replaced
    replacing, review 20*, reviewed, which is better
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
    is hiring, are hiring, we're hiring, [hiring], hiring:, job opening, apply now, webinar, free trial
    discount, % off, coupon, promo code, use code, use my code, giveaway, win a, limited time, special offer
    we are excited/thrilled/happy/proud to announce/share/introduce/launch, introducing, check out our, our new
    sponsored, book a demo, early bird, get your tickets, last chance, subscribe to, don't miss, do not miss
""")

# What is urgent also where nobody complains: a headline, an advisory.
ALARMS = Phrases("""
    outage, outages, cve-*, vulnerability, vulnerabilities, zero-day, 0-day, exploit, exploited, security advisory
    security hole, security flaw, breach, breached, data leak, leaked, exposed, hacked, ransomware, backdoor, recall
    path traversal, remote code execution, supply chain attack, lawsuit, sues
""")

# Somebody teaches others how to use it.
LESSONS = Phrases("""
    tutorial, tutorials, crash course, full course, a guide to, guide to, beginner's guide, walkthrough, how to
    getting started with, introduction to, an intro to, step by step, tips for, tips and tricks, explained
    how i, how we, deep dive
""")
