"""What TextBlob's lexicon is told before it weighs talk about products; tables, each readable aloud."""

from collections.abc import Mapping
from typing import Final

from triage.phrases import Phrases

# They look polar to a lexicon made from product reviews, and are not where people talk about software.
_PRODUCT_TALK = """
    no not never
    able active actual advanced available average base basic behind big black blue certain clean clear close cold
    common complete complex correct current dark dead deep different direct dirty double down dry due early empty
    exact expected extra false far few final first fixed flat formal free fresh full game general generic global green
    half hard heavy hidden high hot ideal important initial interested interesting involved just known large last late
    latest least left less likely limited little live local long loose low main major many mean medium mere minor
    modern more most much native natural near necessary new next normal obvious old only open original other outer
    overall own parallel particular past plain possible previous primary prior private proper public quiet random rare
    raw ready real really recent red related remote responsible rich right rough round safe same save saves saving
    second secret secure sensitive separate serious sharp short significant similar simple simply single small solid
    special specific square standard static strange strict strong sudden sufficient sure surely talk thick thin tight
    tiny top total true typical unexpected unique unknown unlike unlikely unusual upper used usual usually valid
    various virtual warm wet white whole wide wide-ranging yellow young
"""
NEUTRAL_WORDS: Final = frozenset(_PRODUCT_TALK.split())

_WEIGHED = {
    0.7: """
        adore awesomesauce bravo brill congrats congratulations flawless flawlessly gamechanger hooray hurray kudos
        lifesaver loved loves loving phenomenal recommend recommended recommending stellar woohoo yay
    """,
    0.5: """
        appreciate appreciated appreciates bless blessed cheers classy comfy enjoy enjoyed enjoying enjoys friendly
        gem glad goodness grateful gratitude handy helped helpful helps honored impressed improved improvement
        intuitive legend lgtm lovely neat nifty painless pleased polished praise props reliable reliably resolved
        responsive rocks seamless seamlessly slick smooth smoothly snappy solved sweet thank thankful thanks thanx thx
        ty winner wonderfully worthwhile yummy
    """,
    0.3: """
        celebrate elegant excited faster fun haha hope hopefully improving lol nicely promising rocking stable sturdy
        success trust trusted upgraded welcome win winning wins worked works yep
    """,
    -0.2: """
        complain crowded delay error errors expensive issues lacking lacks laggy leak offline pricey slowly workaround
    """,
    -0.35: """
        alas annoys bug bugs cancel canceled cancelled cancelling complained complaint complaints concern concerned
        conflict confused confuses confusing damage damaged delayed delays denied deny denying died dies difficult
        disconcerting disconnect disconnected disconnecting disconnects dislike dropped drops error-prone excuse
        excuses forced forgot freeze freezes freezing frozen hang hanging hangs hassle ignored ignores ignoring
        inconsistent inconvenience inconvenient lag lagging lags leaking leaks lied limbo lose loses losing lost
        misleading missed misses missing overcharged problem problems refused refuses regression reject rejected sad
        sadly shoddy slow stranded struggle struggling stuck suffer suffering trouble troubles ugly unable unclear
        uncomfortable unfair unfortunate unfortunately unhappy upset vulnerability warped weird whine worried worry
        worse
    """,
    -0.55: """
        abysmal argh arrogant ashamed awfully bloated broke broken buggy clunky corrupt corrupted crap crappy crash
        crashed crashes crashing cumbersome damn deceptive defective disappoint disappointed disappointing
        disappointment fail failed failing fails failure fraud frustrate frustrated frustrates frustrating frustration
        glitch glitches glitchy grr hacked hated hates headache hurts incompetent insane insulting lame mediocre mess
        messed nonsense outage overpriced pain pissed poor poorly regret rude ruin ruined sick smh stolen stupid suck
        sucks tired ugh unreliable unresponsive unsafe untrustworthy waste wasted wasting
    """,
    -0.8: """
        appalling atrocious disgrace disgraceful disgusted disgusting dreadful fiasco fml fraudulent garbage hate
        horrendous horribly horrid liar liars nightmare pathetic ridiculous rip-off ripoff rubbish scam scammed
        scammers shame shameful shit shitty terribly trash unacceptable unbearable unusable useless worst worthless
        wtf
    """,
}
WEIGHED_WORDS: Final[Mapping[str, float]] = {
    word: weight for weight, words in _WEIGHED.items() for word in words.split()
}

# Looked for before the words, and taken out of the text: what stands in them is not weighed once more.
WEIGHED_PHRASES: Final = (
    (
        0.0,
        Phrases("""
            would be nice/good/great/better/best/cool/awesome/helpful/useful
            good/better/best/nice/easy/easier/right way, best practice/practices, best regards, kind regards
            warm regards, good morning/evening/afternoon/night/luck, feel free, free to, please let me know
            happy to help/contribute/provide/test, at best, at least, in general, sort of, kind of, more or less
            as well as, as soon as, for a good, good to know, is it good/bad/okay/ok, any good, a great deal
            a good deal/bit/while/time, would love to know/see/have, would like to, i would love, error handling
            error code/codes, error message/messages, bug report/reports, bug fix/fixes, bug tracker, issue tracker
            last resort, hard drive/disk/code/coded/coding, no wonder, too many requests, thanks in advance
            sooner or later, best guess, good question, used to
        """),
    ),
    (
        0.6,
        Phrases("""
            thank you so much, thanks so much, thanks a lot/lot/ton/million/bunch, many thanks, huge thanks
            big thanks, well done, good/great/nice/excellent/awesome/amazing/fantastic job/work/catch/find, keep it up
            hats off, thumbs up, love it, love this, love how, love your, works like a charm
            works great/perfectly/beautifully, works flawlessly/wonderfully, just works, made my day/week
            saved my/our/me/us, highly recommend/recommended, can not recommend … enough, game changer, life saver
            second to none, top notch, rock solid, big fan, huge fan, could not be happier/better
            never been better/happier, shout out, shoutout, fell in love, so much better, you rock, you guys rock
            you are the best, of great help
        """),
    ),
    (
        0.35,
        Phrases("""
            works well/fine/now, working great/well/fine/perfectly, no problem/problems/issues/complaints/trouble
            no worries, can not wait, could not wait, looking forward, good to see/hear, nice to see, glad to see/hear
            makes sense, sounds good/great, looks good/great/nice/fine/ok, look good/great/nice, agree, agreed, +1
            well worth, worth it, worth every penny, never fails, never failed, never crashed, never let me down
            never had a problem, without a/any problem/problems/issue/issues/hitch, not bad, not too bad
            got it working, did the trick
        """),
    ),
    (
        -0.3,
        Phrases("""
            not working, does/do/did/will/would not work, is/are/was not working, no longer works/working/available
            stopped working/loading/responding/syncing, not responding, not loading
            will not let me/us/open/load/start
            can not log/login/get/open/access/connect/find/reach/save/install/send/download/upload/play
            could not log/login/get/open/access/connect/find/reach/save/install/send/download/upload/play
            can not even, could not even, unable to, not able to, still not, still no, still waiting, been waiting
            waiting for over, on hold
            no reply/response/answer/help/luck/support/info/information/update/updates/explanation
            never replied/answered/called/received/arrived/came/got/worked/works
            nobody/noone answers/replies/knows/cares, for hours, for over an hour, for weeks, for months, over an hour
            over two/three/four hours, hours late, hour late, hours later, has/have/had not received/heard/arrived
            not received, too slow/small/big/short/loud/heavy, too bad, so slow, way too, not good enough
            not happy/impressed/helpful/cool/acceptable/fair/right/recommend, would not recommend, not recommended
            not worth, not as good, not the best, keeps/keep crashing/failing/freezing
            keeps/keep asking/saying/disconnecting/stopping, charged me, double charged, hung up on
            is/are/was/went down, no idea why, makes no sense, does not make sense, what happened to
            why is it so hard, why can not, how hard is it, come on, seriously?, lost my/our/all/data
            fall/falls/fell apart, wore out, gave up, give up
        """),
    ),
    (
        -0.6,
        Phrases("""
            never again, done with, fed up, had enough, sick of, tired of, waste of
            what a joke/mess/shame/disaster/waste, a joke, rip off, ripped off, let down, let me down, not acceptable
            customer service … terrible/horrible/awful, worst … ever, so disappointed, very disappointed, screwed up
            screw up, screwed me, get your act together, get it together, no excuse, so bad, so frustrating
            pain in the, stay away, do not buy, do not waste, avoid at all, money back, want my money, want a refund
            demand a refund, never fly/buy/use/order/shop/book … again, makes me sick/angry/mad
            poor service/quality/support, bad service/support/experience, no customer service
        """),
    ),
)
