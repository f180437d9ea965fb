"""spaCy's words per CPU second and peak memory on one thread, the peer of `--example throughput`.

`OMP_NUM_THREADS=1 python tools/bench/spacy_peer.py FOLDER FILE [BATCH]` with spaCy 3.8 installed: the folder is the
pipeline, each line of the file a paragraph. Loading is not counted, a first pass warms the caches.
"""

import resource
import sys
import time

import spacy

nlp = spacy.load(sys.argv[1])
batch = int(sys.argv[3]) if len(sys.argv) > 3 else 32
with open(sys.argv[2], encoding="utf8", newline="") as file:
    lines = [line for line in file.read().split("\n") if line.strip()]
words = sum(len(line.split()) for line in lines)
for _ in range(2):
    wall, cpu = time.perf_counter(), time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(lines, batch_size=batch))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"spaCy {spacy.__version__}: {words} words, {tokens} tokens: {wall:.3f} s wall, {cpu:.3f} s CPU, "
          f"{words / cpu:.0f} words per CPU second")
print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
