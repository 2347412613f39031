import pytest

from app.formats.sound import sound_type

MP3 = b"ID3\x04" + b"\0" * 60
FRAME = b"\xff\xfb\x90\x64" + b"\0" * 60
OGG = b"OggS\0\x02" + b"\0" * 60
M4A = b"\0\0\0\x20ftypM4A \0\0" + b"\0" * 60
WAV = b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 60
AAC = b"\xff\xf1\x50\x80" + b"\0" * 60


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.mp3", MP3, "audio/mpeg"),
        ("a.MP3", FRAME, "audio/mpeg"),
        ("a.ogg", OGG, "audio/ogg"),
        ("a.opus", OGG, "audio/ogg"),
        ("a.m4a", M4A, "audio/mp4"),
        ("a.wav", WAV, "audio/wav"),
    ],
)
def test_a_sound_file_is_what_its_name_promises(name: str, content: bytes, media_type: str) -> None:
    assert sound_type(name, content) == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.mp3", OGG),
        ("a.ogg", MP3),
        ("a.mp3", AAC),
        ("a.mp3", b""),
        ("a.mp3", b"\xff"),
        ("a.mp3", b"<script>alert(1)</script>"),
        ("a.wav", b"RIFF\x24\0\0\0AVI LIST"),
        ("a.html", MP3),
    ],
)
def test_anything_else_is_none(name: str, content: bytes) -> None:
    assert sound_type(name, content) is None
