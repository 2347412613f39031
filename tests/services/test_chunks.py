from app.services.chunks import chunks


def test_chunks_leave_nothing_out() -> None:
    found = list(chunks(range(1_201)))
    assert [one for chunk in found for one in chunk] == list(range(1_201))
    assert len(found) == 3
