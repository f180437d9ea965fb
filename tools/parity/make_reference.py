"""Writes what spaCy gives for the parity texts, for `crates/syntax/tests/parity.rs`.

`python tools/parity/make_reference.py PIPELINE crates/syntax/tests/parity` with spaCy 3.8 installed; PIPELINE is the
folder of en_core_web_md or en_core_web_sm 3.8.0. It reads the texts there (`*.txt`, one paragraph a line) and the
articles of the packs under `examples/` and writes `<model>.tsv.gz`: for each paragraph a line
`# ` with its text, then one line a token: text, TAG, POS, lemma, features, dep, head, whether a sentence starts, name
(IOB), whether a blank follows. The result is frozen: it is checked in, and made again only to follow a newer spaCy.
"""

import gzip
import html
import io
import pathlib
import re
import sys

import spacy


def escape(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def unescape(text):
    return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")


def visible(path):
    """Text of an article, its furniture included; of HTML what stands between the tags."""
    text = path.read_text(encoding="utf8", errors="replace")
    if path.suffix == ".html":
        text = re.sub(r"(?is)<(script|style).*?</\1>", " ", text)
        text = re.sub(r"(?i)</?(p|div|li|h\d|br|tr|td)[^>]*>", "\n", text)
        text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return text.replace("\r", "")


def main():
    nlp = spacy.load(sys.argv[1])
    folder = pathlib.Path(sys.argv[2])
    lines = []
    for path in sorted(folder.glob("*.txt")):
        found = path.read_text(encoding="utf8").split("\n")
        lines += [unescape(line) for line in found if line and not line.startswith("# ")]
    for path in sorted(pathlib.Path("examples").glob("*/articles/*")):
        lines += [line for line in visible(path).split("\n") if line.strip()]
    out = io.StringIO()
    out.write(f"# spaCy {spacy.__version__}, {nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}\n")
    for doc in nlp.pipe(lines, batch_size=32):
        out.write(f"# {escape(doc.text)}\n")
        for t in doc:
            name = "O" if t.ent_iob_ == "O" else f"{t.ent_iob_}-{t.ent_type_}"
            row = [t.text, t.tag_, t.pos_, t.lemma_, str(t.morph), t.dep_, str(t.head.i)]
            row += [str(int(bool(t.is_sent_start))), name, str(int(bool(t.whitespace_)))]
            out.write("\t".join(map(escape, row)) + "\n")
    name = f"{nlp.meta['lang']}_{nlp.meta['name']}"
    # No name and no time in the header: the same text gives the same bytes.
    with open(folder / f"{name}.tsv.gz", "wb") as file, gzip.GzipFile("", "wb", 9, file, 0) as packed:
        packed.write(out.getvalue().encode("utf8"))
    print(f"{len(lines)} paragraphs, spaCy {spacy.__version__}, {name}")


main()
