"""Tables of what people say who ask, wish, complain or are pleased; how a table is read says triage/phrases.py."""

from triage.phrases import Phrases

WISHES = Phrases("""
    feature request, feature request:, feature:, enhancement:, feature suggestion, feature idea, proposal:, i propose
    i suggest, i would suggest
    my suggestion
    please/pls/plz/kindly add/support/consider/implement/include/allow/enable/provide/bring/make/give
    give us/me the/a/an … ability/option/choice/way
    please let us, let us … choose/pin/set/change/export, allow us to, could you add, can you add, can we get
    can we have, add support for, add an option, add the option, add the ability, would love to see, love to see
    still hoping for, one request, keep/kept wishing/hoping, all i/we ask for, that is all i/we ask
    would love to watch/view/hide/sort/filter/export/import/choose/pin/disable
    i/we/and/but would need/use/love this/that/it, i'd/we'd need/use/love this/that, would need/love this for
    would love a/an/the/some/if, would love to have/be, would like … to see
    would be nice/great/good/cool/awesome/helpful/useful/lovely/neat/better, there should be, i wish, we wish
    could we get/have, why is there no/still, would be so/really/super/very nice/useful/helpful/handy/cool/good
    wish it/there/they/you/i/we, wish … could/would/had/did, wish:, idea:, request:, feat:, [request], [feature], [rfc]
    bring back the, it'd be lovely/nice/great/good, let us … please, do wish, just wish
    only wish, if only it/there/i/you, wish list, wishlist
    how about an/adding/some, is … planned, put … on the/your roadmap, should be on the/your roadmap, any chance of
    missing feature
    the only thing missing
    should support, should have an option, it should be possible
    can/could we please, can/could you please add/support/make/allow/let/give
    pretty please, only one/person who misses/wants/needs/wishes, i/we really/still/sorely miss a/an/the/being
    one thing i/we miss, would go a long way, would really help, would help a lot, would help me/us
    thing … lacks/misses/needs, lacks a/an/the/any/support, would make … easier/better/nicer/perfect
    all i/we want/wanted is/was, if there was/were a/an
""")

PLEAS = Phrases("""
    help me, help us, help please, help pls, help plz, please help, pls help, plz help, help needed, help wanted
    need help, needs help, need some help, need … assistance, need support, any help, some help with
    help with this, can/could/would anyone/someone/anybody/somebody/you … help, please assist, please advise
    please contact me, please respond, please reply, can you dm, i am stuck, i'm stuck, im stuck, got stuck
    stuck on/at/with/for, at a loss, locked out, can not log in, can not login, can not sign in
    can not figure out, can not get it to, can not work out, no idea how, no idea why, not sure how to
    struggling with/to, no luck, point me to, what am i doing wrong, what did i miss, any idea, any ideas
    can not see why, can not see what, can not understand why, what am i missing, two/three/four/five hours in
    send help, down for anyone/anybody/everyone else
    any advice, any pointers, any tips, any suggestions
    hints/tips/pointers/ideas/suggestions/advice/help welcome/appreciated, tearing/pulling my/our hair out
    second/third/fourth/fifth day fighting/chasing/debugging, going mad/crazy/insane/nuts over/with/here
    never/not receive/received/get/got/getting … mail/email/e-mail/link/code/sms/invite/invitation/receipt/invoice
    lost access to
    mail/email/e-mail/link/code/sms/invite/invitation never arrives/arrived/came/comes/shows
    lost/forgot/forgotten/broke my/our/the … phone/2fa/authenticator/password/passphrase/yubikey/device
    can not get in/into/back
    down for me/us, now what, what now, what next, what do i/we do
""")

ASKS = Phrases("""
    how do i/we/you/they, how can i/we, how should i/we, how would i/one, is there a/an/any, are there any
    does anyone/anybody/somebody, has anyone/anybody/somebody, can/could anyone/anybody/someone/somebody
    anyone/anybody know/knows/here/using/tried/got/have/wanna/want/interested/up for
    wondering if/whether/how/why/what, i wonder if/whether/how/why
    curious if/whether/how, not sure if, not sure whether, want to know, would like to know
    let me know if/how/when, yes or no, do you know, should i, any way to, any chance, any eta, any plans, any news on
    any update on
    any updates on, what is the best way, which one should, question about, quick question, looking for a/an
    looking for advice, looking for … recommendations, recommendations for, alternative to, ask hn
""")

# Asked, but not to be answered: a sigh with a question mark, or the headings of an issue form.
RHETORICAL = Phrases("""
    anyone else, anybody else, who else's, how is that/this acceptable, how hard can it be, how hard is it
    say what you like/will/want
    why on earth, what the hell, what the fuck, wtf, what is wrong with, are you kidding, are you serious
    what's new in, what is new in
    paying … for this, who tested this, who asked for this, who thought, does/do anybody/anyone even
    who is hiring, what is on/in my/your, what's on/in my/your
    who decided, who at … decided/thought
    who approved/designed/greenlit/wrote this, who signed … off, what were they/you thinking, am i the only one
    is this a joke, who cares, why bother, you know what, guess what, what could go wrong, so what?
    is your feature request related, does this issue occur, what did you expect, what behavior did you expect
    what behaviour did you expect, do you want to request, have you reproduced, did you check, have you read
""")

BUGS = Phrases("""
    a bug, bugs, buggy, bug report, bug in, known bug, crashes, crashed, crashing, had/got/get/causes/caused/see a crash
    crash on/when/after/in/at, does/do/did/is/are/was/will not work, does/do/did not … work, is/are not working
    not working, no longer work/works, stopped working, stops working, quit working, stopped loading/syncing
    not loading, not syncing, not responding
    does/do/did/will not load/start/open/save/send/sync/show/appear/update/connect/respond, not showing up
    not receiving, fails to, failed to, fails with, fails when, fails on, failing, keeps failing
    keep/keeps crashing/freezing/lagging, throws an, error message, getting an error, get an error, an error
    error code, error when/while/after/in/on, error 400/401/403/404/429/500/502/503/504, http 500/502/503/504
    internal server error, permission denied, traceback, stack trace, segfault, segmentation fault, null pointer
    an exception, exception in, unhandled exception, regression, is/are/was/got/completely broken
    broken in/on/after/since/link/links, broke, breaks, freezes, freezing, hangs, hanging, lagging, laggy
    blank page, blank screen, white screen, black screen, data loss, lost data, lost … history, loses, drops
    corrupts, corrupted, memory leak, glitch*, unresponsive, misses, ignores, times out, timed out, timeout
    outage, is down, are down, went down, has/have been down, still down, is/are offline, is/are unreachable
    unable to, please fix, unexpected behavior, unexpected behaviour
    steps to reproduce, vulnerability, exposed in, can not connect, can not save, can not upload
    can not download, can not open, can not install, can not access, can not reach, can not load, can not find
    won't turn on, will not turn on, shuts down, shut off, logs me out, logged me out, kicks me out
    have/having/had a problem/issue with, have/having/had an issue with, having problems/issues/trouble, disappeared
    printed/shown/stored/logged/sent/saved/displayed/exposed in clear/plain/plaintext/cleartext
    printed/shown/stored/logged/sent/saved/displayed/exposed in the clear
    bug:, test failure, build failure, intermittent failure, does/do/did not let me/us, no longer loads/opens/starts
""")

COMPLAINTS = Phrases("""
    terrible, awful, horrible, worst, garbage, trash, rubbish, useless, a joke, pathetic, unacceptable
    ridiculous, disgusting, disgrace, appalling, shame on, disappointed, disappointing, disappointment
    frustrated, frustrating, annoying, annoyed, fed up, sick of, tired of, sucks, hate, hated, nightmare, a mess
    waste of, a letdown, let down, rip off, ripoff, rip-off, scam, refund, overpriced, too expensive, price hike
    doubled … bill, doubled … price, charged me, double charged, without warning, misleading, dark pattern
    dark patterns, spyware, enshittif*, still waiting, no reply, no response, no answer, never answered
    never replied, never answers/replies/responds, nobody answers/replies/responds/answered/replied/responded
    without a/any reply/response/answer, am/i'm done with it/this/them/you
    been silent, no help at all, poor service, poor support, bad service, bad support
    another breaking change, quietly cut/removed/raised/dropped/changed, can not be used with, wasted my/our
    cancelled our, canceled our, charged us, kept charging, keeps/keep charging, who asked for this, working as intended
    switching away, switched away, moving away from, cancelled my, canceled my, cancelling my, canceling my
    uninstalled, uninstalling, never again, so done with, regret, unreadable, unusable, painfully, way too slow
    why we/i left/quit/dropped/ditched/stopped, why we/i switched … off, why we/i are/am leaving, are leaving
    opted us in
    unless you opt out, even when/if/after you/i/we opt/opted out, down again, bot answer, bot reply, canned reply
    paying … for this, lost my/our … morning/day/evening/weekend/afternoon to
    hides/hid the, stop breaking, please stop, deserves better, the audacity, not ok
    not okay
    so slow, too slow, clunky, bloated, gotten worse, got worse, getting worse, downhill, lost my trust
    have/has not received/arrived, never received, never arrived, not arriving
    what a pain, such a pain, too many ads
    raised/raises/raising/hiked/hikes/increased … price/prices, raised/hiked/increased … by … percent/%
    price went up, prices went up, price increase, price rise, bill/invoice/price has/have doubled/tripled/quadrupled
    bill/invoice/price doubled/tripled/quadrupled, doubled/tripled/quadrupled … bill/invoice/price/prices
    another day another, changed their/the terms, changed … license/licence, lock-in, worse than i/we/ever/before
    has/have been slow/slower/broken/flaky, is/are slow/sluggish/flaky/unreliable
    minutes/hours/days in … queue, minutes/hours/days on hold, no human, not a single human
    no longer match/matches, just deleted my/our/all, deleted all my/our, do not match the, does not match the
    who decided, who at … decided/thought
    behind a/the … plan/paywall/tier, does/do not mention, is/are a … joke
    i/we miss the old, sells/sell … data/metadata, need to talk
    keeps/keep sending/mailing/emailing/asking/nagging me/us, dislike about, hate about, do/did not like about
    the problem/problems/trouble with, has/have no … button/option/setting/switch
    out of date, outdated, two/three/several/many … versions behind
    docs/documentation/manual/readme still say/says/describe/describes/show/shows/mention/mentions/list/lists
    lost an/a/half/the … hour/hours/afternoon/morning/day/days/evening/night/weekend/week
    wasted an/a/half/the … hour/hours/afternoon/morning/day/days/evening/night/weekend/week
    is a/an … maze/labyrinth/minefield/disaster/farce/mockery/insult/disgrace/downgrade
    used to be better/faster/easier/cheaper/free/simple/simpler/good/great/fine/fast/nice/one/two
    closed my/our ticket/case/complaint, paying … to watch/wait/stare, pay … to watch/wait/stare
    is/are killing us/me/our/my, told nobody, without telling anyone/anybody/us/me/people
    dropped/removed/killed/axed/scrapped/cut/gutted the free tier/plan, still being charged/billed
    still get/getting charged/billed, still charges/charging/bills/billing
    who approved/designed/greenlit/tested this, what were they/you thinking, bait and switch
    about/bout/officially/totally done with, money/$* out of me/us, cash grab, money grab, price gouge/gouging
    had enough of, enough is enough, last straw, final straw, dealbreaker, deal breaker
    leaves a lot to be desired, inexcusable, a step back/backwards, insulting
""")

PRAISES = Phrases("""
    thank you, thanks to, thanks for, thanks @*, thanks so much, many thanks, huge thanks, thx, kudos, shout out
    shoutout, hats off, props to, well done, keep it up, keep up the
    great/good/nice/amazing/awesome/excellent/fantastic job/work/tool/product/app/project/service
    great/good/nice/amazing/awesome/excellent/fantastic support/software/update
    i love, we love, love it, love this, love the, love how, loving, loved
    awesome, amazing, fantastic, excellent, brilliant, wonderful
    superb, outstanding, beautiful, gorgeous, impressive, impressed, delightful, a joy, a pleasure, the best
    best … ever, my favorite, my favourite, favorite tool, favourite tool, game changer, game-changer, life saver
    lifesaver, saved me, saved us, just works, works great, works well, works perfectly, works flawlessly
    works like a charm, so much better, way better, i/we/highly/can/would recommend, recommended
    could not be happier, very/really/so/super happy/pleased/useful/handy/helpful/easy/good/nice/cool, happy with
    pleased with, glad i, glad we, fell in love, big fan, huge fan, never looked back, no regrets, rock solid
    deserve/deserves a raise/medal/beer/pint/hug/statue, bless you, bless whoever, owe you/them/him/her a/an
    fixed my problem/issue, solved my problem/issue, i may/might/could cry, happy tears, never had that from
    is magic, happy paying, happy customer, credit where it is due, credit where due, stayed for the
    credit where credit is due, more of this please
    you were right, does not make me hate, you folks/guys/people are quick/great/amazing/brilliant
    you folks/guys/people are the best, made my day/week/year
    never paged me, never been happier, could kiss, lovely bunch, lovely chat, hats off
    i/we like/love/enjoy about, thing/things/reason/reasons i/we like/love/enjoy, never going/went back, a model of/for
    saved my/our … week/weekend/day/release/launch/bacon/evening/sanity/deadline/demo/migration
    is/are/looks/feels/was/so/really lovely, glorious, splendid, stunning, marvellous, marvelous, flawless
    painless, effortless, snappy, a delight
    a treat, a breath of fresh air, chef's kiss, worth every penny/cent/minute, well worth it/the, small win, big win
    where has/have this/it/you been all my life, changed my life, best thing since
    without a hitch, went smoothly, nothing broke, zero problems/issues/downtime/surprises
    rock-solid, is great, is perfect, really like, replaced it in
    i was wrong about, i was wrong, proved me/us wrong, won me/us over, eat my words
    the nicest/kindest/friendliest/loveliest/prettiest/sweetest, worth the money/price/effort/wait/switch
    alone is/are worth, credit to, not one/single lost/crash/bug/outage/complaint, is/are … pleasant, a pleasant
    without a single/any surprise/problem/issue/hiccup/hitch/complaint, cut … time/costs by, saves us, saves me
""")

# Given also to whom something went wrong: of an outage that was made good, for one.
CREDIT = Phrases("""
    credit where it is due, credit where it's due, credit where due, credit where credit is due
    credit where credit's due, say what you like/will
    to their credit, hats off, above and beyond, shipped a/the fix, a fix the same day
    fixed it/this/that the same day, fixed within, fixed in under/minutes/an
""")

# Said by whoever was helped, to whoever helped.
THANKS = Phrases("""
    thanks, thank you, thank u, thx, ty, tysm, cheers mate, much appreciated, appreciate it, appreciate the help
    appreciate your help, you are a lifesaver, you're a lifesaver, you saved me, you saved my day, lifesaver
    life saver
""")

SOLVED = Phrases("""
    that/this/it/which fixed/solved/resolved it/that/this/the/my, fixed it, solved it, that did it, that did the trick
    did the trick, that was it, that was the problem/issue/cause, that/this/it worked, works now, is working now
    works again, working again, working now, all good now, it's solved, is solved, problem solved, issue solved
    problem resolved, issue resolved, is resolved, marked as solved, marking as solved, solved!, solved:, [solved]
    sorted now, all sorted, got it working, got it to work, that helped, that helps, exactly what i needed
    exactly what i was looking for, just what i needed
""")

# Turns thanks into something else: they go on, they have not tried it, or they mean the opposite.
NOT_YET = Phrases("""
    but, however, unfortunately, although, though, sadly, except, still, yet, not, no, nope, instead, in advance
    for nothing, will try, i'll try, i will try, going to try, gonna try, try it, try that, trying, let me try
    let me check, will check, i'll check, will test, i'll test, will report, report back, get back to, later
    tomorrow, tonight, when i get home, hopefully, if it works, if that works, if this works, let you know
    looking into, doesn't, didn't, don't, can't, won't, isn't, wasn't
""")

AUTOMATIC = Phrases("""
    i am a bot, i'm a bot, this is a bot, beep boop, this action was performed automatically, performed automatically
    automatically marked as stale, has been automatically closed/locked/marked/moved, was automatically closed/locked
    this topic was automatically closed, this issue was automatically, this is an automated message/reply/response
    this is an automatic message/reply/response, automated reply:, automatic reply:, auto-reply:, autoreply:
    out of office:, i am/i'm out of office, i am/i'm out of the office, i am/i'm currently out of office
    i am/i'm currently out of the office, this message was sent automatically, contact the moderators of this subreddit
    this issue is stale because, this pr is stale because, this pull request is stale because
""")
