"""What harms somebody, told as a plain fact and in no angry word, and a "why" behind which nothing is asked."""

import re
from typing import Final

from triage.phrases import Phrases, lowered

_HARMS: Final = Phrases("""
    makes/make/made/making it impossible/hard/harder/difficult/painful/tedious to
    makes/make/made/making it/this/everything a chore/pain/slog
    makes/make/made … impossible/unbearable/harder
    impossible to find/turn/cancel/read/reach/unsubscribe/delete/undo/use
    there is/was no way to, there's no way to, and/but/with no way to
    no way to turn/switch/opt/disable/undo/cancel/delete/export/hide/mute/unsubscribe/stop/go/skip
    can not be turned/switched/opted/disabled/undone/cancelled/deleted/hidden/muted
    charges/bills me/us for, went from free to, before it shows/lets/tells/gives
    link/links/page/pages is/are dead, link/links … is/are dead, costs/cost more than my/our
    nobody at/from … has/ever/cares/reads/looked/looks/answers/knows
    nobody/no-one/none has looked/answered/touched/read/noticed
    charged/billed/invoiced for … while/although/when/that, charged/billed/invoiced twice/again/anyway/regardless
    charges/bills for … while/although/when/that, charges/bills me/us/you twice/again/anyway/even/although/while/when
    paying/paid for … getting, paying/paid for … got
    still mails/emails/sends/texts/calls/charges/bills/nags/shows me/us, they still mail/email/send/charge/bill me/us
    unsubscribed twice/again/and/three/four/five, opted out twice/and/again, asked … times to
    months/month/years/year/weeks/ages/miles/releases/versions behind the, behind the product/code/times
    stuck in the past, half the examples/links/samples/snippets/screenshots/buttons/pages
    half/most/none of the/your/their examples/links/samples/snippets/screenshots/buttons/pages
    great/good/nice/fine/fun/lovely/easy/works/wonderful until you/it/they/the/something/anything
    fine/good/nice in theory, thanks for nothing/wasting/breaking/ruining/killing/ignoring/deleting
    gee thanks, like pulling teeth, like watching paint, like wading through, like talking/shouting to a wall
    a slog, a full time job, a full-time job, rinse and repeat
    feels like mailing/wading/pulling/herding/swimming/shouting/talking/fighting/filing/punishment/homework/abandonware
    feels like an/a/my afterthought/beta/unpaid/chore/trap/punishment, feels abandoned/unfinished/half-baked
    without asking, without telling, without consent, without my/our consent, no warning
    nobody told us/me, no changelog, no notice, turned itself on/back, switched itself on/back, resets itself
    reset all my/our/the settings, keeps forgetting, keeps resetting, keeps losing, forgets my/our/the/which
    gone/removed/missing since the, took away the, buried under/behind/three/four/five, hidden behind
    eats/ate/swallowed … of my/our, logs/logged/kicks/kicked everybody/everyone/us/me out
    eats/ate my/our, eats … of ram/memory/battery, drains my/the, wiped my/our/the, overwrote my/our, lost all my/our
    have to click/scroll/type … times, have to log/sign in … times, for the third/fourth/fifth time
    second/third/fourth/fifth time this week/month/year/morning, contact/call sales to/for/just
    talk to sales to/for/just, sunset/sunsets/sunsetting/retired/retires/pulled/pulls/discontinued/ended the free/hobby
    docs/documentation/guide/manual/readme/tutorial is/are wrong/incomplete/misleading/contradictory
    docs/documentation/guide/manual/readme/tutorial … is/are wrong/incomplete/misleading/contradictory
""")
_DEFECTS: Final = Phrases("""
    does/do/did/will not reconnect/resume/restart/recover/refresh/render/trigger/fire/respect/honor/honour/persist/clear
    does/do/did/will not expire/parse/restore/expand/scroll/propagate/terminate/wake/match/escape/wrap
    example/examples/sample/samples/snippet/snippets/code/command … does/do not run/compile/exist
    mangles/mangled/garbles/garbled/truncates/truncated/clobbers/clobbered/scrambles/scrambled/swallows/swallowed
    has/have not worked, is/are/gets/get cut off, flickers, stutters, white on white, black on black
    an/one/two hour/hours late/early/behind/off, nothing happens, does nothing, for no reason
    never finishes/ends/loads/returns/restores/restored/stops/completes/updates/refreshes, greyed out, grayed out
    0/zero byte/bytes, stopped/stops … after/since, typo in/on, typo:, misspelled, misspelt
    broken/dead/wrong link/links
    leads to a 404, leads nowhere, off by one, fires/runs/fired/ran twice
    deletes/overwrites/duplicates/loses/lose/drops/skips/repeats the/its/their/my first/last/other/wrong/newest/oldest
    gives/give me/us an/the empty/blank/wrong/old, gives/give me/us empty/blank/wrong/old, leaves out the/my/all/every
    scrolls/jumps/goes back to the top, [bug], [bug report], [regression]
    shows/show/showing the wrong, showed/displays/prints/returns the wrong
""")
_COUNT = (
    r"(?:\d+|[a-z]+teen|ten|eleven|twelve|three|four|five|six|seven|eight|nine|twenty|thirty|forty|fifty|sixty|ninety)"
)
_TIME = r"(?:seconds|secs|minutes|mins|hours|days|weeks|clicks|pages|steps|attempts|tries)"
_FREELY = (
    r"(?:by default|without|to (?:third|advertisers)"
    r"|to (?:its|their|an?|some|the) (?:\w+ )?(?:ai|assistant|model|third))"
)
# "takes 20 seconds to open a log"; not "takes ten minutes to set up", which is little.
_SLOW: Final = re.compile(
    rf"(?<!only )(?<!just )\b(?:takes?|took|taking|needs?|needed) (?:[a-z]+ ){{0,3}}?{_COUNT} (?:full |whole )?{_TIME}"
    r" (?:just |only )?to (?:open|load|start|show|appear|render|scroll|search|save|find|answer|respond|reply|log|close"
    r"|cancel|delete|boot|wake|refresh|display|draw|get a|reach|unsubscribe)\b"
    r"|\b(?:opening|loading|saving|searching|starting|scrolling|rendering|syncing|logging in"
    r"|startup) (?:\S+ ){0,5}?takes?"
    rf" (?:\w+ ){{0,2}}?{_COUNT} (?:seconds|secs|minutes|mins|hours)\b"
    rf"|\b(?:replied|answered|responded|wrote back|got back to (?:me|us)) after (?:{_COUNT}|two|a) (?:days|weeks?"
    rf"|months?)\b"
    rf"|\b(?:sends?|shares?|uploads?|hands?|leaks?|sells?|feeds?|forwards?) (?:[\w-]+ ){{1,4}}{_FREELY}\b"
    r"|\b(?:trains?|learns?) (?:\S+ ){0,4}?on (?:your|my|our|user|customer)\b|\byour (?:\w+ ){1,5}?by default\b"
    r"|\b(?:free|trial|basic|open source|hobby) (?:tier|plan|minutes) (?:just |has |have |now |suddenly )*"
    r"(?:went|shrunk|shrank|dropped|fell|cut|been cut|halved|gone)\b"
)
# What somebody bears, lost or was left with: "Cancelling takes four clicks", "Lost 300 orders because ...".
_BORNE: Final = re.compile(
    r"\b(?:cancell?ing|closing|deleting|downgrading|leaving|logging out|opting out|removing|unsubscribing)\b"
    rf"[^.!?]{{0,60}}? (?:takes?|took|needs?|needed|requires?) (?:{_COUNT}|two) (?:\w+ )?"
    r"(?:calls|clicks|days|e-?mails|forms|letters|menus|minutes|pages|screens|steps|weeks)\b"
    rf"|\b(?:day|week|month) (?:{_COUNT}|two) of (?:asking|begging|being|calling|chasing|emailing|hearing|no|silence"
    r"|trying|waiting|writing)\b"
    r"|\b(?:queu(?:e?ing|ed)|refreshing|staring|waiting|watching)\b[^.!?]{0,40}? since (?:breakfast|dawn|lunch|noon"
    r"|this morning|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:last )?(?:week|month|year))\b"
    rf"|\b(?:has|have) been \W?(?:deleting|importing|in review|loading|migrating|pending|processing|queued|stuck"
    rf"|verifying)\W? for (?:{_COUNT}|two|a|an) \w+"
    r"|\blost (?:over |about |some )?(?:[$\u20ac\u00a3]?\d[\d,.]*k?|dozens of|hundreds of|thousands of|all (?:my|our))"
    r"(?: [\w-]+){1,4}? (?:after|because|when|while)\b"
    r"|\b(?:is|are|got|was|were|been|landed|ended up) (?:back |now )?(?:on (?:an? |another |every |the )?(?:[\w-]+ )?"
    r"(?:blacklists?|blocklists?|denylists?|spamcop|spamhaus)|(?:black|block|deny)listed)\b"
    r"|\b(?:deleted|my|our) (?:\w+ ){1,4}?(?:is|are) still (?:accessible|indexed|listed|online|public|reachable"
    r"|visible)\b"
    r"|\bbilled (?:me|my|our|the|us)\b|\bpa(?:id|y|ying) for [^.!?]{1,40}?(?:,| and| but) (?:can (?:only )?use"
    r"|getting|gets?|got)\b"
    r"|\b(?:months|years|releases|versions)(?: \w+)?,? (?:and )?still (?:no|not|missing|can't|cannot)\b"
    r"|\bpasswords? in (?:clear|plain) ?text\b|\bads (?:in|inside|between|on) (?:my|our|your)\b"
    r"|\b(?:no|without) (?:[\w-]+ ){1,5}?(?:below|outside|under|unless you (?:buy|pay)) (?:an? |the |their )?"
    r"(?:business|enterprise|paid|premium|pro|team)\b"
    r"|\b(?:have|has|had) to pay (?:\S+ )?to (?:delete|download|export|get|keep|leave|read|see)\b"
    r"|\b(?:asks? for|demands?|requires?|wants?) (?:an? |my |our |your )?(?:credit card|passport|phone number|selfie)"
    r" (?:before|for (?:a|the) (?:free|trial)|just|to)\b"
    r"|\b(?:and|but|with) not (?:a|one) (?:single )?word\b"
    r"|\b(?:sso|enterprise) tax\b|\bhalf (?:my|our|the) (?:day|morning|sprint|time|week) (?:goes|is|was|went)\b"
    r"|\bstatus page\b[^!?]{0,30}?\b(?:all good|fine|green|normal|nothing|operational)\b"
    r"|\banother (?:day|morning|month|release|update|week|(?:mon|tues|wednes|thurs|fri|satur|sun)day),? another\b"
    r"|\bwhoever (?:approved|built|came up with|designed|made|wrote)\b[^.!?]{0,50}? (?:clearly|hates|must"
    r"|never|should)\b"
    r"|\b(?:write|admin|full|owner|root) (?:access|permissions?|rights) (?:to|on|over) (?:all|every|everything|my"
    r"|our|the (?:entire|whole)|your)\b"
)
_BILL: Final = re.compile(
    r"\b(?:bills?|costs?|fees?|invoices?|plan|prices?) (?:\w+ )?(?:climbed|crept|gone|grew|jumped|rose|shot|went)"
    r" (?:up )?from [^\d\s]?(\d{1,9})\S* to [^\d\s]?(\d{1,9})"
)
# "Why do I need a sales call to learn ...", "Why does it send me eleven mails for one ...", "Why am I still paying".
_WHY_AT_ALL: Final = re.compile(
    r"\bwhy (?:on earth )?(?:(?:do|does|should|would) \w+ (?:still |even |really )?(?:need|have to|has to)|must \w+)"
    r" (?:\S+ ){0,8}?(?:just |only |simply )?"
    r"to (?:see|learn|read|cancel|find out|close|change|view|unsubscribe|know|leave|stop|opt out)\b"
    r"|\bwhy (?:does|do|did|is|are|must|would) (?:\S+ ){1,3}?(?:send|mail|e-?mail|show|ask|nag|remind|text"
    r"|ping)(?:ing)?"
    rf" (?:me|us|everyone|everybody|people|you) (?:\S+ ){{0,3}}?(?:{_COUNT}|dozens|hundreds|so many|that many)\b"
    rf"|\bwhy (?:does|do|did|must) (?:\S+ ){{1,4}}?(?:take|need|cost|require)s? (?:me |us |you )?(?:\w+ )?{_COUNT}"
    r" (?:clicks|e-?mails|forms|gigabytes|logins|megabytes|menus|pages|people|permissions|screens|steps|tabs|weeks)\b"
    r"|\bwhy (?:am i|are we) (?:still )?(?:paying|being charged|getting so many)\b"
    r"|\bwhy is it so (?:hard|difficult|complicated|painful) to (?:cancel|leave|reach|talk|unsubscribe|get (?:a|an"
    r"|my))\b"
)


def harm_in(prose: str) -> re.Match[str] | None:
    """Return where `prose` tells what harms its author, and no phrase for complaints says so."""
    return _HARMS.find_meant(prose) or _SLOW.search(lowered(prose)) or _BORNE.search(lowered(prose)) or _dearer(prose)


def _dearer(prose: str) -> re.Match[str] | None:
    """Return where a bill goes from one sum to a larger one; to a smaller one is no harm."""
    bill = _BILL.search(lowered(prose))
    return bill if bill and int(bill[1]) < int(bill[2]) else None


def defect_in(prose: str) -> re.Match[str] | None:
    """Return where `prose` tells of something that does not do what it should."""
    return _DEFECTS.find_meant(prose)


def sigh_in(prose: str) -> re.Match[str] | None:
    """Return where `prose` asks why something must be so at all, which nobody can answer."""
    return _WHY_AT_ALL.search(lowered(prose))
