from app.domain.codes.channel import Evidence
from app.domain.simulation.headline.tampering import TAMPERINGS, Tampering


def test_only_who_chooses_does_not_draw_in_public() -> None:
    chosen = {name for name, degrees in TAMPERINGS.items() if not all(each.drawn_in_public for each in degrees)}
    assert chosen == {"chosen-people"}


def test_what_is_usual_is_learnt_where_nobody_tampers_and_people_are_silent_all_the_same() -> None:
    tampered = Tampering("much", Evidence.SAMPLED, 0.5, 0.1, 0.2, 0.3, 0.4, angry_answer=2.0)
    assert tampered.without == Tampering("nothing", Evidence.SAMPLED, angry_answer=2.0)


def test_every_degree_is_named_once() -> None:
    named = [each.how for degrees in TAMPERINGS.values() for each in degrees]
    assert len(set(named)) == len(named)
