"""The language of a post: told where it can be, and never guessed where it is too short."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.language import LANGUAGES, NAMES, is_readable, language_of, what_is_unreadable

SAID = {
    "ar": "لماذا لا يعمل هذا منذ التحديث",
    "bg": "Защо това не работи след обновяването, някой знае ли?",
    "cs": "Po aktualizaci už to nejde, neví někdo proč?",
    "da": "Det virker ikke efter opdateringen, er der nogen der ved hvorfor?",
    "de": "Seit dem Update geht es nicht mehr, weiß jemand warum?",
    "el": "Γιατί δεν λειτουργεί μετά την ενημέρωση;",
    "en": "It has not worked since the update, does anybody know why?",
    "es": "No funciona desde la actualización, ¿alguien sabe por qué?",
    "fa": "چرا بعد از به‌روزرسانی کار نمی‌کند، کسی می‌داند؟",
    "fi": "Se ei toimi enää päivityksen jälkeen, tietääkö kukaan miksi?",
    "fr": "Ça ne marche plus depuis la mise à jour, quelqu'un sait pourquoi ?",
    "he": "למה זה לא עובד מאז העדכון",
    "hi": "अपडेट के बाद यह काम नहीं करता",
    "hu": "A frissítés után nem működik, valaki tudja hogy miért?",
    "id": "Sejak pembaruan tidak bisa dipakai, apakah ada yang tahu kenapa?",
    "it": "Non funziona più dopo l'aggiornamento, qualcuno sa perché?",
    "ja": "アップデート後に動かないのはなぜですか",
    "ko": "업데이트 이후로 작동하지 않습니다",
    "nl": "Het werkt niet meer sinds de update, weet iemand waarom?",
    "no": "Det virker ikke lenger siden oppdateringen, noen som vet hvorfor?",
    "pl": "Po aktualizacji to już nie działa, czy ktoś wie dlaczego?",
    "pt": "Não funciona desde a atualização, alguém sabe por quê?",
    "ro": "Nu mai merge după actualizare, știe cineva de ce?",
    "ru": "После обновления это больше не работает, кто знает почему?",
    "sv": "Det fungerar inte längre efter uppdateringen, vet någon varför?",
    "th": "ทำไมใช้งานไม่ได้หลังอัปเดต",
    "tr": "Güncellemeden sonra neden bozuldu, bilen biri var ise desin",
    "uk": "Після оновлення це вже не працює, хтось знає чому?",
    "vi": "Sau khi cập nhật thì nó không chạy nữa, có ai biết tại sao không?",
    "zh": "更新以后为什么不能用了",
}


def test_there_is_a_sentence_of_each_language():
    assert tuple(sorted(SAID)) == LANGUAGES


@pytest.mark.parametrize("code", SAID)
def test_a_sentence_is_told_by_its_small_words_or_its_script(code):
    assert language_of(SAID[code]) == code
    assert what_is_unreadable(SAID[code]) == ("" if code == "en" else NAMES[code])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_may_be_typed_in_either_way(form):
    assert language_of(unicodedata.normalize(form, SAID["vi"])) == "vi"


@pytest.mark.parametrize(
    "text",
    ["", "404", "Danke!", "Tidewiki", "LGTM", "Tidewiki 0.9.2 + PostgreSQL", "hey whered u go", "o_O", "la la la"],
)
def test_what_is_too_short_is_not_guessed(text):
    assert language_of(text) == ""
    assert is_readable(text)


@pytest.mark.parametrize(
    "text",
    [
        "It does not work with my server",
        "love it \u2764",
        "404 404",
        "The wiki of the Café de la Paix is great",
        "sudo apt install tidewiki && systemctl restart",
        "there ya go",
        "come on barbie lets go party",
    ],
)
def test_english_and_what_is_too_short_to_tell_can_be_read(text):
    assert is_readable(text)


@pytest.mark.parametrize(
    "text",
    [
        "Funktioniert leider nicht mit meinem Server",
        "Je ne comprends pas pourquoi ça ne marche pas",
        "El servicio es muy malo y nadie contesta",
        "Non funziona più da ieri, qualcuno sa perché?",
        "Não consigo entrar na minha conta",
        "Het werkt niet meer sinds de update",
        "Это не работает",
        "なぜ動かないのですか",
        "Tidewiki 为什么不能用",
    ],
)
def test_other_languages_cannot(text):
    assert not is_readable(text)


def test_a_script_that_nobody_told_us_of_is_unreadable_and_has_no_name():
    assert what_is_unreadable("რატომ არ მუშაობს") == "another language"


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text):
    assert is_readable(text) in (True, False)
    assert language_of(text) in ("", *LANGUAGES)
