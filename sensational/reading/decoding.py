"""Bytes to text, and text to harmless text.

Two steps, both linear in the length of the input: :func:`decode` finds the encoding, and
:func:`tidy` mends what earlier programs broke and takes out what no reader sees.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from sensational.reading.errors import ReadingError

# UTF-32 stands before UTF-16, because its little-endian mark begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# How much of the input is looked at where a sample decides.
_SAMPLE = 4096

# A text has no bytes of these kinds but tab, line feed, form feed and carriage return.
_BINARY = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b") + b"\x7f"

# First bytes of formats that people offer by mistake, with what to do instead.
_FORMATS = (
    (b"%PDF-", "it is a PDF", "Save its text as a text file and read that"),
    (
        b"PK\x03\x04",
        "it is a ZIP archive or an office document",
        "Save it as plain text (.txt) and read that",
    ),
    (b"\x1f\x8b", "it is compressed with gzip", "Unpack it first"),
    (b"\xd0\xcf\x11\xe0", "it is an old office document", "Save it as plain text (.txt) and read that"),
    (b"{\\rtf", "it is a rich text (RTF) file", "Save it as plain text (.txt) and read that"),
    (b"\x89PNG", "it is a picture", "Copy the words of the article into a text file and read that"),
    (b"\xff\xd8\xff", "it is a picture", "Copy the words of the article into a text file and read that"),
)

_CHARSET = re.compile(rb"""charset\s{0,4}=\s{0,4}["']?([A-Za-z0-9_\-]{1,40})""", re.IGNORECASE)

# Marks of text that was decoded in the wrong way: the lead characters that UTF-8 sequences turn into
# under Windows-1252, and C1 controls. Only lines that hold one are handed to ftfy.
_MOJIBAKE = re.compile("[\u0080-\u009f]|[ÂÃâÎÐð][^\\sA-Za-z]|ï»¿|Ã\\s")
_LONGEST_MENDED = 20_000

_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")

# Characters that nobody sees: soft hyphen, zero-width characters, marks and overrides of the writing
# direction, invisible operators, variation-free fillers, tags, and the byte order mark. The zero-width
# joiner and non-joiner go too: no English word needs them.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Every control character but the line feed; a lone surrogate cannot be written out again.
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def decode(data: bytes, name: str) -> str:
    """The text of ``data``: by its byte order mark, else UTF-8, UTF-16, a declared one, Windows-1252.

    Args:
        data: the whole input.
        name: what to call it in an error.

    Raises:
        ReadingError: ``data`` is no text.
    """
    for start, problem, remedy in _FORMATS:
        if data.startswith(start):
            raise ReadingError(name, problem, remedy)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    wide = _wide_encoding(data)
    if wide:
        return data.decode(wide, errors="replace")
    sample = data[:_SAMPLE]
    if b"\0" in data or len(sample.translate(None, _BINARY)) < 0.98 * len(sample):
        raise ReadingError(name, "it is not text", "Give a plain text file or a saved web page (HTML)")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and not data[: error.start].isascii():
            # UTF-8 that was cut off within its last character
            return data.decode("utf-8", errors="replace")
    return _decode_single_byte(data)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: in Latin text, nearly every second byte is zero."""
    sample = data[: _SAMPLE & ~1]
    if len(sample) < 4 or len(data) % 2:
        return None
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if high > 0.7 * half and low < 0.05 * half:
        return "utf-16-le"
    if low > 0.7 * half and high < 0.05 * half:
        return "utf-16-be"
    return None


def _decode_single_byte(data: bytes) -> str:
    declared = _CHARSET.search(data, 0, _SAMPLE)
    if declared:
        encoding = declared.group(1).decode("ascii").lower()
        # HTML takes these two names to mean Windows-1252, and a page that declares UTF-8 but is not
        # valid UTF-8 mostly has a few broken bytes: those become U+FFFD.
        if encoding not in ("iso-8859-1", "latin-1", "us-ascii", "ascii"):
            try:
                return data.decode(codecs.lookup(encoding).name, errors="replace")
            except (LookupError, ValueError, TypeError, AttributeError):
                pass  # an unknown name, or a codec that does not give text
    return data.decode("cp1252", errors="replace")


def tidy(text: str) -> str:
    """``text`` in NFC with plain line ends and single spaces, without unseen characters, mojibake mended.

    U+FFFD is kept, since it shows that something was lost. Curly quotation marks and dashes are kept.
    """
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
        if _MOJIBAKE.search(text):
            text = "\n".join(map(_mend, text.split("\n")))
            text = _LINE_ENDS.sub("\n", text)
        text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    text = _CONTROLS.sub(" ", text)
    return _SPACES.sub(" ", text)


def _mend(line: str) -> str:
    if len(line) > _LONGEST_MENDED or not _MOJIBAKE.search(line):
        return line
    import ftfy  # takes 30 ms to import, and few texts need it

    return ftfy.fix_encoding(line)
