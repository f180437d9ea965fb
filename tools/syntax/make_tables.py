"""Writes the small tables that spaCy keeps in its code, not in its model files, to crates/syntax/data.

Run with spaCy 3.8 installed: `python tools/syntax/make_tables.py crates/syntax/data`. The result is checked in; run it
again only to follow a newer spaCy or a newer Unicode.
"""

import pathlib
import sys
import unicodedata

import spacy
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.symbols import IDS


def ranges(test):
    """Inclusive ranges of the code points for which `test` holds, surrogates left out."""
    found, start = [], None
    for code in range(0x110000 + 1):
        here = code < 0x110000 and not 0xD800 <= code < 0xE000 and test(chr(code))
        if here and start is None:
            start = code
        elif not here and start is not None:
            found.append((start, code - 1))
            start = None
    return found


def main():
    out = pathlib.Path(sys.argv[1])
    version = spacy.__version__
    notice = "MIT, Copyright (C) 2016-2024 ExplosionAI GmbH, 2016 spaCy GmbH, 2015 Matthew Honnibal"
    with open(out / "symbols.tsv", "w", encoding="utf8") as file:
        file.write(f"# Registered symbols of spaCy {version} (spacy/symbols.pyx; {notice}): these strings have small\n")
        file.write("# integers for ids, all others the hash of their bytes. Columns: id, string. Made by tools/syntax/make_tables.py.\n")
        for name, number in sorted(IDS.items(), key=lambda pair: pair[1]):
            if name:
                file.write(f"{number}\t{name}\n")
    with open(out / "base_norms.tsv", "w", encoding="utf8") as file:
        file.write(f"# Norms for all languages of spaCy {version} (spacy/lang/norm_exceptions.py; {notice}).\n")
        file.write("# Columns: string, norm. Made by tools/syntax/make_tables.py.\n")
        for word, norm in BASE_NORMS.items():
            file.write(f"{word}\t{norm}\n")
    tables = {
        "alpha": str.isalpha,
        "upper": str.isupper,
        "digit": str.isdigit,
        "decimal": str.isdecimal,
        "space": str.isspace,
    }
    with open(out / "unicode.tsv", "w", encoding="utf8") as file:
        file.write(f"# What Python's str methods say of single characters, Unicode {unicodedata.unidata_version} (Unicode License V3).\n")
        file.write("# Rust's tables are of another version and cut the classes differently, so the ones spaCy's features\n")
        file.write("# rest on are pinned. Columns: class, first and last code point (hexadecimal) of each range.\n")
        file.write("# Made by tools/syntax/make_tables.py.\n")
        for name, test in tables.items():
            cells = " ".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in ranges(test))
            file.write(f"{name}\t{cells}\n")


main()
