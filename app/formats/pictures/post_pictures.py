"""Pictures of posts (Pillow): read with suspicion, written anew, small enough for a phone that pays by the kilobyte."""

import hashlib
import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from app.domain.problem import Problem, ProblemType
from app.formats.pictures.untrusted import PictureInvalidError, PictureTooLargeError, opened

#: of the file that is sent, and of its pixels before any is unpacked
MOST_BYTES, MOST_PIXELS = 7_000_000, 25_000_000
#: of what is kept: as wide as a phone shows it sharply, and never high as a wall
MOST_KEPT_BYTES, WIDEST, HIGHEST = 60_000, 720, 1_080
_QUALITIES = (80, 70, 60, 50, 40)

PICTURE_INVALID = ProblemType("post.picture_invalid", 422, "This is not a picture in PNG or JPEG.")
PICTURE_TOO_LARGE = ProblemType(
    "post.picture_too_large", 422, "Please choose a picture of at most 7 MB and 25 million pixels."
)


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A JPEG and its size in pixels. `digest` is SHA-256 of its bytes, and part of its address."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read_post_picture(content: bytes) -> KeptPicture:
    """The picture as it was meant to be looked at, without whatever else was in the file: where, when, by what.

    At most 720 pixels wide and 60 kB. Problems `post.picture_…`.
    """
    if len(content) > MOST_BYTES:
        raise Problem(PICTURE_TOO_LARGE)
    try:
        with opened(content, most_pixels=MOST_PIXELS) as picture:
            # A JPEG is unpacked at an eighth to the whole of its size, whatever is enough.
            picture.draft("RGB", (WIDEST, HIGHEST))
            turned = ImageOps.exif_transpose(picture)
            shown = _on_white(turned)
    except PictureTooLargeError:
        raise Problem(PICTURE_TOO_LARGE) from None
    except PictureInvalidError:
        raise Problem(PICTURE_INVALID) from None
    return _small(shown)


def _on_white(picture: Image.Image) -> Image.Image:
    """Without what shines through, which a JPEG would show black."""
    picture.thumbnail((WIDEST, HIGHEST))
    whole = picture.convert("RGBA")
    ground = Image.new("RGBA", whole.size, "white")
    ground.alpha_composite(whole)
    return ground.convert("RGB")


def _small(picture: Image.Image) -> KeptPicture:
    """Less sharp, and then smaller, until it is light enough."""
    while True:
        for quality in _QUALITIES:
            written = io.BytesIO()
            picture.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
            if written.tell() <= MOST_KEPT_BYTES:
                return KeptPicture(written.getvalue(), picture.width, picture.height)
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))
