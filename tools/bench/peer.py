#!/usr/bin/env python3
"""The peer for docs/performance.md: trafilatura takes the text out, spaCy parses it, paragraph by paragraph; nothing is read.

usage: peer.py MODEL FOLDER      (MODEL: an installed spaCy pipeline or the folder of one; one process, one thread)
"""
import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
import pathlib, resource, sys, time

import spacy, trafilatura

nlp = spacy.load(sys.argv[1])
files = sorted(p for p in pathlib.Path(sys.argv[2]).rglob("*") if p.is_file())
wall, cpu = time.time(), time.process_time()
words = extracting = 0
for path in files:
    begun = time.process_time()
    text = trafilatura.extract(path.read_text(encoding="utf8"), include_comments=False) or ""
    extracting += time.process_time() - begun
    lines = [l for l in text.split("\n") if l.strip()]
    words += sum(len(l.split()) for l in lines)
    for _ in nlp.pipe(lines, batch_size=32):
        pass
cpu, wall = time.process_time() - cpu, time.time() - wall
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{len(files)} articles, {words} words: {cpu:.1f} CPU s ({extracting:.1f} of it extraction), {wall:.1f} s wall, "
      f"{words / cpu:.0f} words per CPU second, {memory:.0f} MB")
