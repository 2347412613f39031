"""Every answer that somebody holds a receipt for is on the disk that a power cut leaves; more of them in the bench."""

from pathlib import Path

from tests.fixtures.power_cut import cut_the_power

ROUNDS = 20


def test_no_answer_with_a_receipt_is_lost_in_a_power_cut(migrated_file: Path, tmp_path: Path) -> None:
    cuts = cut_the_power(migrated_file, tmp_path, ROUNDS)
    assert cuts.disks >= ROUNDS
    assert cuts.changed >= cuts.disks // 2
