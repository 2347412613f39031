"""Which passwords are accepted. Length does the work; there are no rules about kinds of characters."""

import unicodedata

from app.domain.problem import Problem, ProblemType

SHORTEST = 12
LONGEST = 200

PASSWORD_SHORT = ProblemType("password.short", 422, "A password has at least %(least)d characters.")
PASSWORD_LONG = ProblemType("password.long", 422, "A password has at most %(most)d characters.")
PASSWORD_USERNAME = ProblemType("password.username", 422, "The password must not contain the user name.")
PASSWORD_COMMON = ProblemType("password.common", 422, "This password is one of the first that anyone would try.")
PASSWORD_SAME = ProblemType("password.same", 422, "The new password must differ from the old one.")

# What people write when twelve characters are asked for: a common word, filled up with digits or repeated.
_COMMON_WORDS = frozenset(
    str.split(
        """
        password passwort passw0rd p@ssword p@ssw0rd pass welcome welcom3 admin administrator root user letmein
        secret test testing samvad police policestation thana station mppolice madhyapradesh bhopal indore india
        bharat hindustan jaihind jaishriram ganesh krishna shivshakti omnamahshivaya iloveyou iloveindia sunshine
        princess football cricket sachin dragon monkey master login default changeme change qwerty qwertyuiop
        asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc abcdef abcdefgh abcdefghijkl
        computer internet google facebook superman batman trustno1 whatever freedom
        पासवर्ड पुलिस थाना भारत नमस्ते
        """
    )
)
_RUNS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def normalise_password(text: str) -> str:
    """NFC, so that the same Hindi password is the same bytes from every keyboard."""
    return unicodedata.normalize("NFC", text)


def check_password(password: str, username: str) -> str:
    """The password as it is hashed; raises the Problem that says why it is refused."""
    password = normalise_password(password)
    if len(password) < SHORTEST:
        raise Problem(PASSWORD_SHORT, least=SHORTEST)
    if len(password) > LONGEST:
        raise Problem(PASSWORD_LONG, most=LONGEST)
    if username and username.casefold() in password.casefold():
        raise Problem(PASSWORD_USERNAME)
    if _is_common(password.casefold()):
        raise Problem(PASSWORD_COMMON)
    return password


def _is_common(password: str) -> bool:
    if len(set(password)) < 5:
        return True
    core = "".join(character for character in password if character.isalpha() or not character.isascii())
    words = {password, password.strip("0123456789!@#$%&*._- "), core}
    return any(_is_filler(word) or word in _COMMON_WORDS or _repeats_common(word) for word in words if word)


def _is_filler(word: str) -> bool:
    """Nothing but one run along the digits, the alphabet or the keyboard, once or again and again."""
    return len(word) >= 5 and any(word in run * 4 for run in _RUNS)


def _repeats_common(word: str) -> bool:
    for length in range(4, len(word) // 2 + 1):
        unit = word[:length]
        if len(word) % length == 0 and unit * (len(word) // length) == word:
            return unit in _COMMON_WORDS or _is_filler(unit)
    return False
