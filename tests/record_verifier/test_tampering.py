"""Every way of bending a record that was thought of for the department itself, which has the key, and what is said.

All tiles are made anew, and the root is signed.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories.record.folder import (
    FIRST,
    ORIGIN,
    STATIONS,
    WITNESS,
    RecordFolder,
    changed,
    edition,
    figures_of,
    numbers_of,
    receipts,
    release,
    row,
    sha256,
    text,
)
from tests.record_verifier import KEYS, findings_in, verifier
from tests.record_verifier.whole import (
    CHAIN,
    CORRECTION,
    DRAW,
    FIRST_EDITION,
    HERE,
    HOUR,
    LAST_RELEASE,
    LATER,
    LIST,
    MONDAYS,
    RECEIPTS,
    SIZE,
    THEIRS,
    THERE,
    WEEK_SEAL,
    WHOLE,
    Change,
    figures_in,
    hidden,
)


def left_out(index: int) -> Change:
    """Without an entry; those that name later ones by their places name them rightly."""

    def change(record: RecordFolder) -> None:
        del record.entries[index]
        for entry in record.entries:
            assert isinstance(entry, dict)
            for name in ("after", "of"):
                if entry["type"] != "list" and entry.get(name, -1) > index:
                    entry[name] -= 1

    return change


def added(type: str, **keys: object) -> Change:
    return lambda record: record.add(type, MONDAYS[5], **keys)


def together(record: RecordFolder, count: int, digest: str = "0" * 64) -> None:
    """What all weeks together come to is sealed, and no week by itself."""
    row = [str(MONDAYS[4]), count, digest, 300, "0" * 64]
    record.add("seal", MONDAYS[5], kind="week", weeks=[], all=row)


def again(index: int, **keys: object) -> Change:
    """An entry a second time, on a later day and with other values."""

    def change(record: RecordFolder) -> None:
        record.entries.append(record.entry(index).copy())
        changed(len(record.entries) - 1, **{"on": str(MONDAYS[5]), **keys})(record)

    return change


def with_figures(change: Callable[[dict[str, bytes], str], object], at: int = 0) -> Change:
    """Something done to the file of the figures of the first edition."""
    return lambda record: change(record.files, f"figures/{figures_in(record, FIRST_EDITION)[at]}.json")


def published(*figures: bytes) -> Change:
    return lambda record: edition(record, MONDAYS[5], figures)


def contents(place: str) -> list[str]:
    return [WHOLE.entry(WHOLE.find("release", place=place))["content"]]


def other_list(record: RecordFolder) -> None:
    path = f"editions/{record.entry(FIRST_EDITION)['root']}.txt"
    record.files[path] = record.files[path][:65]


def not_canonical(record: RecordFolder) -> None:
    record.entries[SIZE - 1] = record.written()[SIZE - 1].replace(b'","', b'", "', 1)


def hidden_list(record: RecordFolder) -> str:
    return f"editions/{record.entry(SIZE)['hidden']['root']}.txt"


def relist(
    record: RecordFolder, numbers: list[str], turned: bool = False, count: int | None = None, **others: object
) -> None:
    """Another list of the second week, announced as it is, or with another count."""
    made = RecordFolder()
    receipts(made, MONDAYS[1], MONDAYS[2], numbers, **others)
    record.entries[RECEIPTS] = made.entries[0]
    name = f"receipts/{MONDAYS[1]}.txt"
    record.files[name] = made.files[name]
    if count is not None:
        record.entry(RECEIPTS)["numbers"] = count
    if turned:
        record.files[name] = b"".join(made.files[name].splitlines(keepends=True)[::-1])
        record.entry(RECEIPTS)["list"] = sha256(record.files[name]).hex()


def corrected(**keys: object) -> Change:
    def change(record: RecordFolder) -> None:
        """After the first correction, so that numbers of entries stay."""
        due = MONDAYS[2]
        place = str(keys.get("place", HERE))
        new = record.keep("figures", figures_of(place, due, contents(place), number=5), "json")
        was = figures_in(record, FIRST_EDITION)[STATIONS.index(place)]
        values = {"of": FIRST_EDITION, "place": place, "was": was, "figures": new, "number": 2, "why": "method"}
        record.add("correction", MONDAYS[5], **{**values, "text": text(record, "Counted anew."), **keys})

    return change


SECOND = WHOLE.find("release", place=HERE, number=2)
#: of a place whose results are not open
EDITIONS = [WHOLE.find("edition", due=str(monday)) for monday in MONDAYS[2:5]]
CONTENT = [WHOLE.entry(WHOLE.find("release", place=HERE, number=number))["content"] for number in (1, 2, 3)]
FIGURES = figures_in(WHOLE, FIRST_EDITION)
LISTED = f"the list of the edition of {MONDAYS[2]}"
DRAWN, CLOSED = "the draw of NP-D01 2026-Q4", "the list of NP-D01 2026-Q4"
DAY = "2027-01-04"
NUMBERS = f"the confirmation numbers of {MONDAYS[1]}"
POLICY = WHOLE.entry(1)["document"]
TEXTS = {index: f"texts/{WHOLE.entry(index)['text']}.json" for index in (CORRECTION, WHOLE.find("commitment"))}
MADE = WHOLE.find("commitment")

OF_FIGURES: dict[str, tuple[Change, list[str]]] = {
    "a release left out": (
        left_out(SECOND),
        [
            f"entry {EDITIONS[1] - 1}: report {HERE} {MONDAYS[3]} rests on release {CONTENT[1]}, which was not entered"
            " before it",
            f"entry {LAST_RELEASE - 1}: before release 3 {CHAIN} one is missing",
            f"entry {LAST_RELEASE - 1}: release 3 {CHAIN} does not follow entry {WHOLE.find('release', place=HERE)}",
        ],
    ),
    "two releases left out at the end of a chain, and then the next": (
        lambda record: release(record, HERE, 6, MONDAYS[3], MONDAYS[5], LAST_RELEASE),
        [f"entry {SIZE}: before release 6 {CHAIN} 2 are missing"],
    ),
    "a release entered twice": (
        again(SECOND),
        [
            f"entry {SIZE}: release 2 {CHAIN} was published before, as entry {SECOND}",
            f"entry {SIZE}: release 2 {CHAIN} does not follow entry {LAST_RELEASE}",
        ],
    ),
    "a first release that follows another": (
        again(LAST_RELEASE, place="NP-D02-0003", number=1),
        [
            f"entry {SIZE}: release 1 of NP-D02-0003 station-visit 1 open own does not follow entry"
            f" {WHOLE.entry(LAST_RELEASE)['after']}, which is not of its chain"
        ],
    ),
    "a chain whose first releases are from before the record": (
        again(LAST_RELEASE, place="NP-D02-0003", after=None),
        [],
    ),
    "a chain whose first releases were left out": (
        again(LAST_RELEASE, place="NP-D02-0003"),
        [
            f"entry {SIZE}: before release 3 of NP-D02-0003 station-visit 1 open own 2 are missing",
            f"entry {SIZE}: release 3 of NP-D02-0003 station-visit 1 open own does not follow entry"
            f" {WHOLE.entry(LAST_RELEASE)['after']}, which is not of its chain",
        ],
    ),
    "a release of fewer than ten": (
        changed(LAST_RELEASE, answers=5),
        [f"entry {LAST_RELEASE}: release 3 {CHAIN} tells 5 answers"],
    ),
    "a release that tells too exactly": (
        changed(LAST_RELEASE, answers=13),
        [f"entry {LAST_RELEASE}: release 3 {CHAIN} tells 13 answers, which is not rounded to five"],
    ),
    "so does what was set aside": (
        changed(LAST_RELEASE, set_aside=5),
        [
            f"entry {LAST_RELEASE}: its set_aside is not what it should be",
            f"entry {EDITIONS[2]}: report {HERE} {MONDAYS[4]} rests on release {CONTENT[2]}, which was not entered"
            " before it",
        ],
    ),
    "a release too early": (
        changed(LAST_RELEASE, last_week=str(MONDAYS[3])),
        [f"entry {LAST_RELEASE}: release 3 {CHAIN} was published before its weeks had settled"],
    ),
    "a release that was entered late and too early": (
        changed(LAST_RELEASE, last_week=str(MONDAYS[3]), late=True),
        [f"entry {LAST_RELEASE}: release 3 {CHAIN} was published before its weeks had settled"],
    ),
    "weeks the wrong way round": (
        changed(LAST_RELEASE, first_week=str(MONDAYS[4])),
        [f"entry {LAST_RELEASE}: release 3 {CHAIN} ends before it begins"],
    ),
    "figures altered": (
        with_figures(lambda files, name: files.update({name: files[name].replace(b"0.5", b"0.9")})),
        [
            f"entry {FIRST_EDITION}: the figures of report {HERE} {MONDAYS[2]} are not those that were published",
        ],
    ),
    "figures withdrawn": (
        with_figures(lambda files, name: files.pop(name)),
        [f"entry {FIRST_EDITION}: the figures of report {FIGURES[0]} {MONDAYS[2]} are withheld"],
    ),
    "figures of a place that were corrected, withdrawn": (
        with_figures(lambda files, name: files.pop(name), 1),
        [
            f"entry {FIRST_EDITION}: the figures of report {FIGURES[1]} {MONDAYS[2]} are withheld",
            f"entry {CORRECTION}: it corrects figures of {THERE} that entry {FIRST_EDITION} never published",
        ],
    ),
    "a list of figures shortened": (
        other_list,
        [
            f"entry {FIRST_EDITION}: {LISTED} is not that which was published",
            f"entry {CORRECTION}: it corrects figures of {THERE} that entry {FIRST_EDITION} never published",
        ],
    ),
    "a list of figures withdrawn": (
        lambda record: record.files.pop(f"editions/{record.entry(EDITIONS[2])['root']}.txt"),
        [f"entry {EDITIONS[2]}: the list of the edition of {MONDAYS[4]} is withheld"],
    ),
    "fewer places than are told": (
        changed(FIRST_EDITION, places=3),
        [f"entry {FIRST_EDITION}: the edition of {MONDAYS[2]} tells 3 places, and has 2"],
    ),
    "an edition twice": (
        again(FIRST_EDITION),
        [f"entry {SIZE}: the edition of {MONDAYS[2]} was published before, as entry {FIRST_EDITION}"],
    ),
    "a place twice in an edition": (
        published(figures_of(HERE, MONDAYS[5], CONTENT[:1]), figures_of(HERE, MONDAYS[5], CONTENT[1:])),
        [f"entry {SIZE}: {HERE} stands twice in the edition of {MONDAYS[5]}"],
    ),
    "figures of another day": (
        published(figures_of(HERE, MONDAYS[1], CONTENT)),
        [f"entry {SIZE}: the figures of report {HERE} {MONDAYS[5]} are of {MONDAYS[1]}"],
    ),
    "figures of releases that are not there": (
        published(figures_of(HERE, MONDAYS[5], [*CONTENT, "0" * 64])),
        [f"entry {SIZE}: report {HERE} {MONDAYS[5]} rests on release {'0' * 64}, which was not entered before it"],
    ),
    "something else than figures": (
        published(b"[1]"),
        [f"entry {SIZE}: the figures of report {sha256(b'[1]').hex()} {MONDAYS[5]} are not written as figures are"],
    ),
    "a correction of what was never published": (
        corrected(was="0" * 64),
        [f"entry {SIZE}: it corrects figures of {HERE} that entry {FIRST_EDITION} never published"],
    ),
    "a correction of another place": (
        corrected(was=FIGURES[1]),
        [f"entry {SIZE}: it corrects figures of {HERE} that entry {FIRST_EDITION} never published"],
    ),
    "a correction by figures of another place": (
        corrected(figures=FIGURES[1]),
        [f"entry {SIZE}: it corrects {HERE} by the figures of {THERE}"],
    ),
    "a correction of no edition": (
        corrected(of=3),
        [f"entry {SIZE}: it corrects entry 3, which is no edition before it"],
    ),
    "a correction that counts as the first": (
        corrected(number=1),
        [f"entry {SIZE}: its number is not what it should be"],
    ),
    "a second correction": (corrected(place=THERE, was=WHOLE.entry(CORRECTION)["figures"], number=3), []),
}
OF_HIDDEN: dict[str, tuple[Change, list[str]]] = {
    "figures of places that are not open": (hidden(), []),
    "a list of them shortened": (
        lambda record: (hidden()(record), record.files.update({hidden_list(record): b""})),
        [f"entry {SIZE}: the list of the edition of {MONDAYS[5]} is not that which was published"],
    ),
    "fewer of them than are told": (
        hidden(places=7),
        [f"entry {SIZE}: the edition of {MONDAYS[5]} tells 7 places, and has 1"],
    ),
    "figures of them that were opened, and their releases entered afterwards": (hidden(opened=THEIRS), []),
    "figures of them that were opened, and are others": (
        hidden(opened=THEIRS.replace(b"0.5", b"0.9")),
        [f"entry {SIZE}: the figures of report {HERE} {MONDAYS[5]} are not those that were published"],
    ),
    "figures of them that were corrected": (
        lambda record: (
            hidden()(record),
            corrected(of=SIZE, was=sha256(THEIRS).hex(), figures="0" * 64)(record),
        ),
        [],
    ),
}
OF_WORDS: dict[str, tuple[Change, list[str]]] = {
    "a text altered": (
        lambda record: record.files.update({TEXTS[MADE]: b"{}"}),
        [f"entry {MADE}: its text is not that which was published"],
    ),
    "a text withdrawn": (
        lambda record: record.files.pop(TEXTS[MADE]),
        [f"entry {MADE}: its text is withheld"],
    ),
    "a text without salt": (
        lambda record: record.add(
            "commitment",
            MONDAYS[5],
            **{
                **{key: value for key, value in WHOLE.entry(MADE).items() if key not in ("v", "type", "on")},
                "text": record.keep("texts", b'{"texts":{"en":"x"}}', "json"),
            },
        ),
        [f"entry {SIZE}: its text is not written as texts are"],
    ),
    "a text taken away by law": (lambda record: record.files.pop(TEXTS[CORRECTION]), []),
    "a text that is still there, but another": (
        lambda record: record.files.update({TEXTS[CORRECTION]: b"{}"}),
        [f"entry {CORRECTION}: its text is not that which was published"],
    ),
    "a removal of nothing": (
        added("removal", of=3, why="law"),
        [f"entry {SIZE}: it takes away the text of entry 3, which has none"],
    ),
    "a commitment of nothing": (
        changed(MADE + 1, of=3),
        [f"entry {MADE + 1}: it names entry 3, which is no commitment of {THERE} before it"],
    ),
    "a policy altered": (
        lambda record: record.files.update({f"policy/{POLICY}.txt": b"Otherwise.\n"}),
        ["entry 1: the text of policy 1 (screening) is not that which was published"],
    ),
    "a policy withdrawn": (
        lambda record: record.files.pop(f"policy/{POLICY}.txt"),
        ["entry 1: the text of policy 1 (screening) is withheld"],
    ),
}
OF_DRAWS: dict[str, tuple[Change, list[str]]] = {
    "another draw than the seed gives": (
        changed(DRAW, positions="0" * 64),
        [f"entry {DRAW}: {DRAWN} is not what the seed gives"],
    ),
    "another seed": (
        changed(DRAW, seed="0" * 64),
        [f"entry {DRAW}: {DRAWN} is not what the seed gives"],
    ),
    "more asked than were to be": (
        changed(DRAW, drawn=13),
        [f"entry {DRAW}: {DRAWN} has 13 asked, and its list 12"],
    ),
    "a draw without a list": (left_out(LIST), [f"entry {DRAW - 1}: {DRAWN} has no list before it"]),
    "a list closed anew": (again(LIST), [f"entry {SIZE}: {CLOSED} was closed before, as entry {LIST}"]),
    "drawn again": (again(DRAW), [f"entry {SIZE}: {DRAWN} was made before, as entry {DRAW}"]),
    "a list closed when the seed was known": (
        changed(LIST, seed_on="2026-12-13"),
        [f"entry {LIST}: {CLOSED} was closed after its seed was known"],
    ),
    "drawn before the seed was known": (
        changed(LIST, seed_on="2027-01-13"),
        [f"entry {DRAW}: {DRAWN} was made before its seed was known"],
    ),
    "more asked than cases": (
        changed(LIST, cases=11),
        [
            f"entry {LIST}: {CLOSED} has more asked than cases, or more cases than there are",
            f"entry {DRAW}: {DRAWN} is not what the seed gives",
        ],
    ),
    "more cases than a computer can draw": (
        lambda record: changed(LIST, cases=2**40, of=2**41)(record),
        [f"entry {DRAW}: {DRAWN} is of more cases than can be drawn again"],
    ),
}
OF_ANSWERS: dict[str, tuple[Change, list[str]]] = {
    "an hour without a seal": (
        left_out(HOUR),
        [f"entry {HOUR}: no seal between 2026-12-09T06Z and 2026-12-09T08Z"],
    ),
    "an hour sealed twice": (again(HOUR), [f"entry {SIZE}: the hour 2026-12-09T07Z was sealed before"]),
    "a week that shrinks": (
        changed(WEEK_SEAL, weeks=[row(MONDAYS[0], 48), row(MONDAYS[1], 52)]),
        [
            f"entry {WEEK_SEAL}: of the week {MONDAYS[0]} 4 answers are gone",
            f"entry {WEEK_SEAL}: of the week {MONDAYS[0]} 4 verdicts are gone",
            f"entry {RECEIPTS}: 105 confirmation numbers, but 100 sealed answers",
            *(f"entry {index}: {known} confirmation numbers, but {known - 5} sealed answers" for index, known in LATER),
        ],
    ),
    "an answer exchanged": (
        added("seal", kind="week", weeks=[[str(MONDAYS[0]), 53, "0" * 64, *row(MONDAYS[0], 53)[3:]]]),
        [f"entry {SIZE}: in the week {MONDAYS[0]} answers were exchanged"],
    ),
    "a verdict exchanged": (
        added("seal", kind="week", weeks=[[*row(MONDAYS[0], 53)[:3], 56, "0" * 64]]),
        [f"entry {SIZE}: in the week {MONDAYS[0]} verdicts were exchanged"],
    ),
    "a number without an answer": (
        lambda record: relist(record, [*numbers_of(MONDAYS[1], 53), "000000000001"]),
        [
            f"entry {RECEIPTS}: 106 confirmation numbers, but 105 sealed answers",
            *(f"entry {index}: {known + 1} confirmation numbers, but {known} sealed answers" for index, known in LATER),
        ],
    ),
    "an answer without a number": (
        lambda record: relist(record, numbers_of(MONDAYS[1], 53)[1:], held=0),
        [f"entry {RECEIPTS}: 104 confirmation numbers, but 105 sealed answers"],
    ),
    "an answer without a number, where nobody says how many wait": (
        lambda record: relist(record, numbers_of(MONDAYS[1], 53)[1:]),
        [],
    ),
    "a number chosen by many senders": (lambda record: relist(record, ["123412341234"] * 53), []),
    "numbers not in order": (
        lambda record: relist(record, numbers_of(MONDAYS[1], 53), turned=True),
        [f"entry {RECEIPTS}: {NUMBERS} are not 53 numbers of twelve digits, in order"],
    ),
    "numbers altered": (
        lambda record: record.files.update({f"receipts/{MONDAYS[1]}.txt": b"123412341234\n"}),
        [f"entry {RECEIPTS}: {NUMBERS} are not those that were published"],
    ),
    "an empty list for many numbers": (
        lambda record: relist(record, [], count=53),
        [f"entry {RECEIPTS}: {NUMBERS} are not 53 numbers of twelve digits, in order"],
    ),
    "numbers withdrawn": (
        lambda record: record.files.pop(f"receipts/{MONDAYS[1]}.txt"),
        [f"entry {RECEIPTS}: {NUMBERS} are withheld"],
    ),
    "numbers published anew": (
        again(RECEIPTS, numbers=0, list=sha256(b"").hex()),
        [
            f"entry {SIZE}: {NUMBERS} were published before, as entry {WHOLE.find('receipts', on=str(MONDAYS[4]))}",
            f"entry {SIZE}: {NUMBERS} are not those that were published",
        ],
    ),
    "answers that nobody can account for": (
        changed(WHOLE.find("balance"), received=500),
        [f"entry {WHOLE.find('balance')}: 500 answers were received, and 50 are accounted for"],
    ),
    "a balance that rounding explains": (changed(WHOLE.find("balance"), received=70), []),
    "answers from before the record": (
        changed(WHOLE.find("seal", kind="adopted"), until=str(MONDAYS[0])),
        [],
    ),
    "a record that was broken off": (
        added("break", size=SIZE + 12, root="0" * 64),
        [f"entry {SIZE}: the record was broken off here: 12 entries that had been signed are gone"],
    ),
}
#: how many answers are sealed in all weeks
ALL = 3 * 53 + 52
AHEAD = [f"2027-01-04T{hour:02}Z" for hour in (5, 0, 1, 2, 3, 4, 6, 9)]
BOTH_KINDS = ("its batch is not what it should be", "its packs is missing")
OF_FORM: dict[str, tuple[Change, list[str]]] = {
    "a type that is newer is a note": (added("tomorrow", anything=1), []),
    "a key that is newer is a note": (changed(LAST_RELEASE, tomorrow=1), []),
    "not canonical": (not_canonical, [f"entry {SIZE - 1}: it is not in canonical form"]),
    "a day that falls": (
        changed(SIZE - 1, on=str(FIRST)),
        [f"entry {SIZE - 1}: its day is {FIRST}, and an entry before it is of {MONDAYS[5] - timedelta(days=1)}"],
    ),
    "no beginning": (
        left_out(0),
        [
            "entry 0: a record begins with genesis, and this does not",
            "checkpoint: signed by a key that the record does not name",
        ],
    ),
    "a second beginning": (again(0), [f"entry {SIZE}: a record begins once, with entry 0"]),
    "a beginning of another record": (
        changed(0, origin="example.org/r/record"),
        [f"entry 0: it is of example.org/r/record, not of {ORIGIN}"],
    ),
    "a key that was never there": (
        added("key", key=WITNESS.vkey, state="ended"),
        [f"entry {SIZE}: it ends a key that was never added"],
    ),
    "of all weeks together fewer than before": (
        lambda record: [together(record, count) for count in (ALL + 5, ALL + 4)],
        [f"entry {SIZE + 1}: of all weeks up to {MONDAYS[4]} 1 answers are gone"],
    ),
    "fewer of all weeks than of each": (
        lambda record: together(record, ALL - 1),
        [f"entry {SIZE}: of all weeks up to {MONDAYS[4]} 1 answers are gone"],
    ),
    "answers of all weeks exchanged": (
        lambda record: [together(record, ALL + 5, digest) for digest in ("1" * 64, "2" * 64)],
        [f"entry {SIZE + 1}: in all weeks up to {MONDAYS[4]} answers were exchanged"],
    ),
    "a clock that was ahead, and one hour of it comes again": (
        lambda record: [record.add("seal", MONDAYS[5], kind="hour", hour=hour, commit="0" * 64) for hour in AHEAD],
        [
            f"entry {SIZE}: no seal between 2027-01-03T23Z and {AHEAD[0]}",
            f"entry {SIZE + 1}: the hour {AHEAD[1]} was sealed after {AHEAD[0]}: a clock was wrong",
            f"entry {SIZE + 7}: no seal between {AHEAD[6]} and {AHEAD[7]}",
        ],
    ),
    "a check that came to what no check comes to": (
        added("check", **{"place": HERE, "class": "sampled", "quarter": "2026-Q4", "label": "certified"}),
        [f"entry {SIZE}: its label is not what it should be"],
    ),
    "both kinds of a code": (changed(12, batch=[7], number=[]), [f"entry 12: {each}" for each in BOTH_KINDS]),
    "the end of the calendar": (
        changed(LAST_RELEASE, last_week="9999-12-27"),
        [
            f"entry {LAST_RELEASE}: its last_week is not what it should be",
            f"entry {EDITIONS[2]}: report {HERE} {MONDAYS[4]} rests on release {CONTENT[2]}, which was not entered"
            " before it",
        ],
    ),
    "the end of no code": (
        changed(WHOLE.find("code_end"), number=None),
        [f"entry {WHOLE.find('code_end')}: its number is missing"],
    ),
    "no type": (changed(SIZE - 1, type=None), [f"entry {SIZE - 1}: its type is missing"]),
    "a newer version": (changed(SIZE - 1, v=2), [f"entry {SIZE - 1}: its v is not what it should be"]),
    "a key of receipts that is none": (
        changed(SIZE - 1, value="feedback.example.gov.in/r/receipts"),
        [f"entry {SIZE - 1}: its value is not what it should be"],
    ),
    "a seal of another kind": (
        changed(SIZE - 2, kind="minute"),
        [f"entry {SIZE - 2}: its kind is not what it should be"],
    ),
    "nothing at all": (lambda record: record.entries.clear(), ["checkpoint: the record is empty"]),
}


@pytest.mark.parametrize("name", [*OF_FIGURES, *OF_HIDDEN, *OF_WORDS, *OF_DRAWS, *OF_ANSWERS, *OF_FORM])
def test_what_the_department_itself_may_do(name: str, record: RecordFolder, tmp_path: Path) -> None:
    tamper, says = {**OF_FIGURES, **OF_HIDDEN, **OF_WORDS, **OF_DRAWS, **OF_ANSWERS, **OF_FORM}[name]
    tamper(record)
    assert findings_in(record.write(tmp_path), keys=KEYS[:2]) == says


def test_what_was_sealed_anew_is_noted_each_time(record: RecordFolder, tmp_path: Path) -> None:
    """Also of a department that has changed answers first. What an upgrade found is not: it comes before any seal."""
    for week in (1, 2):
        record.add("seal", MONDAYS[5], kind="adopted", until=str(MONDAYS[week]))
    copy = verifier.Copy(record.write(tmp_path))
    verifier.verify(verifier.arguments([str(tmp_path), *KEYS[:2]]), copy)
    anew = "note: answers up to the week {} were sealed anew, as found"
    assert copy.told == [f"entry {SIZE + at}: {anew.format(MONDAYS[week])}" for at, week in enumerate((1, 2))]
