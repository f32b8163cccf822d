import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.language import is_readable


@pytest.mark.parametrize(
    "text",
    [
        "It does not work with my server",
        "love it \u2764",
        "LGTM",
        "Danke!",
        "",
        "404 404",
        "The wiki of the Café de la Paix is great",
        "sudo apt install tidewiki && systemctl restart",
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


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text):
    assert is_readable(text) in (True, False)
