"""Pictures are decoded once, within a bound on their size: what cannot be is no picture."""

import warnings

from PIL import Image

from .reasons import Unfit

LARGEST = 150_000_000  # bytes once decoded: 50 million points in three colours
MOST_SCANS = 32  # of a progressive JPEG; cameras write some ten, and each is a walk over the whole picture
SCAN = b"\xff\xda"
FORMATS = {"jpg": ["JPEG"], "png": ["PNG"]}


def check(file, kind):
    """Raises Unfit."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            file.seek(0)
            if kind == "jpg" and file.read().count(SCAN) > MOST_SCANS:
                raise Unfit("pixels")
            file.seek(0)
            with Image.open(file, formats=FORMATS[kind]) as picture:
                decode(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unfit("pixels") from error
    except Unfit:
        raise
    except Exception as error:  # Pillow raises a dozen kinds for damaged files
        raise Unfit("broken") from error


def decode(picture):
    width, height = picture.size
    if width * height * len(picture.getbands()) > LARGEST:
        raise Unfit("pixels")
    picture.draft(None, (width // 8 + 1, height // 8 + 1))  # JPEG is then read to its end and kept small
    picture.load()
