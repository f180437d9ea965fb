#!/usr/bin/env python3
"""Writes news pages for timing: paragraphs of the example packs recombined, the same pages on every run.

usage: corpus.py FOLDER [PAGES=1000] [WORDS=700]
"""
import html, pathlib, random, re, sys

folder, pages, words = pathlib.Path(sys.argv[1]), int((sys.argv[2:] or [1000])[0]), int((sys.argv[3:] or [700])[0])
root = pathlib.Path(__file__).resolve().parents[2] / "examples"
paragraphs = []
for path in sorted(root.glob("*/articles/*")):
    text = path.read_text(encoding="utf8")
    if path.suffix == ".html":
        text = "\n".join(html.unescape(re.sub(r"<[^>]+>", "", p)) for p in re.findall(r"<p[^>]*>(.*?)</p>", text, re.S))
    paragraphs += [p for p in (re.sub(r"\s+", " ", p).strip() for p in text.split("\n")) if len(p.split()) >= 15]

pick = random.Random(20250110)
folder.mkdir(parents=True, exist_ok=True)
for n in range(pages):
    body, count = [], 0
    while count < words:
        p = pick.choice(paragraphs)
        body.append(p)
        count += len(p.split())
    title = " ".join(body[0].split()[:9])
    day = f"2025-{1 + n % 12:02}-{1 + n % 28:02}"
    page = "\n".join(f"<p>{html.escape(p)}</p>" for p in body)
    (folder / f"{n:05}.html").write_text(f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)} | The Courier</title>
<meta property="article:published_time" content="{day}T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
<article><h1>{html.escape(title)}</h1><p class="byline">By Ada Brandt</p>
{page}
</article><aside><h3>Read next</h3><ul><li><a href="/1">Oil slips as storage fills</a></li></ul></aside>
<footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>
""", encoding="utf8")
print(f"{pages} pages in {folder}")
