"""Whether a text is in a language that our rules can read: English, told by its script and its small words."""

import re
from typing import Final

_ENGLISH = """
    a about after again all also am an and any are as at back be because been before being but by can could did do
    does doing down each even every first for from get got had has have having he her here his how i if in into is
    it its just like made make me more most my need new no not now of off on one only or other our out over please
    same she should so some still such than that the their them then there these they thing this those through to
    too try trying up use used using very was we were what when where which while who why will with without work
    would yes you your
"""
# German, Dutch, French, Spanish, Portuguese, Italian, Polish, Swedish, Turkish and Indonesian.
_OTHER = """
    aan aber ada adalah agli ainda akan ale algo alguien alguém alla als ama anche ao aos apa as atau att até au
    auch auf aunque aus aussi av avec avez bagaimana bara bardzo bei ben bij bin bir bis bisa bu być c'est ce ces
    cette che chi ci co col com come como con cosa così cuando cui czy da daha dal dalla dan dans dari das dass dat
    de degli dei del dele della dem den dengan der des desde det değil di dia dich dir dit dla do doch donde dos
    dove du durch där e ed een efter ein eine einen einer einfach el ela ella elle eller ellos em en então er era es
    eso essa esse est esta estaba este esto estou está están et ett eu fait foi från fuer för für geen gibi gibt gli
    ha habe haben hace hacer han har hat hay heb heeft het hier hij ho hoe hola hur här i ich ihr ik il ile ils
    immer ini inte io isso ist itu için j'ai jag jak je jest jetzt juga już já kami kan kann karena ke kein keine ki
    kim kita kok kommer ktoś la las le lei les leur lo loro los lub lui ma maar mais mam mas me med meer mehr mein
    men mereka mes met meu mi mia mich mig mijn min minha mio mir mit mnie moi molto mon może mu mucho muito muy
    mycket más même na naar nach nada nas ne neden nel nella ni nicht nie niet no noch nog noi non nos nostro nous
    nur não när någon nós o och också od oder olarak om ont ook op os ou où pada par para pas pela pelo per perché
    pero però più plus po por porque pour pourquoi przez puede på quale quand quando que quello quelqu'un quem
    questa questo qui quien sa sans saya schon se sehr sein sem sempre senza ser ses seu si sich sie sig sin sind
    się sobre solo som son sono sonra sont sta su sua sudah suis sul sur sus são så só są ta tak también também te
    tem tengo tenho tidak tiene till to todo tout très tu tutti tutto tylko uit um uma un una und une uno uns untuk
    van var varför ve vi vill você von voor vor vous w waar warum wat wel wenn werden werkt wie wieder wir wird wo y
    ya yang yok z za ze zijn zu zum zur à är çok è él été être über że
"""
_ENGLISH_WORDS: Final = frozenset(_ENGLISH.split())
# What is English too, or half English ("no", "on", "me", "do"), says nothing.
_OTHER_WORDS: Final = frozenset(_OTHER.split()) - _ENGLISH_WORDS - {"la", "da", "de", "ha", "hat", "es"}
_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LATIN_END = "\u024f"
# A look at the beginning is enough.
_LOOKED_AT = 400
_ENOUGH_WORDS = 2


def is_readable(prose: str) -> bool:
    """Return whether `prose` may be English.

    Not, where a third of its letters are of another script, or more of its small words are of another language than
    English, and at least two. Anything shorter may be English, and texts without letters (emoji) can be read as well.
    """
    words = _LETTERS.findall(prose[:_LOOKED_AT].lower())
    letters = "".join(words)
    # A third, since a name in Latin letters is long beside a sentence of Chinese characters.
    foreign_letters = sum(letter > _LATIN_END for letter in letters)
    if 3 * foreign_letters > len(letters):
        return False
    distinct = {word for word in words if len(word) > 1}
    english, other = len(distinct & _ENGLISH_WORDS), len(distinct & _OTHER_WORDS)
    return not (other >= _ENOUGH_WORDS and other > english)
