"""Channels: their numbers in tokens, and what an answer through each of them proves."""

import pytest

from app.domain.codes.channel import Channel, Evidence


def test_a_channel_is_found_by_its_number() -> None:
    assert [Channel.from_number(channel.number) for channel in Channel] == list(Channel)


@pytest.mark.parametrize("number", [0, 9, 15])
def test_a_number_of_no_channel_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no channel"):
        Channel.from_number(number)


def test_only_codes_that_anybody_may_pass_on_are_open() -> None:
    alike = {evidence: {channel for channel in Channel if channel.evidence is evidence} for evidence in Evidence}
    assert alike.pop(Evidence.OPEN) == {Channel.POSTER, Channel.HANDLE, Channel.TYPED}
    assert all(len(channels) == 1 for channels in alike.values())
