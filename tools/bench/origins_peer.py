"""rensa's texts a second on one thread, the peer of `cargo run --release -p rapporteur-ledger --example origins`.

`python tools/bench/origins_peer.py FILE` with rensa installed: each line of the file a text as a JSON string. MinHash of 128
permutations over the words, then LSH of 16 bands, each text asked for and put in; nothing is compared further.
"""

import json
import resource
import sys
import time

from rensa import RMinHash, RMinHashLSH

with open(sys.argv[1], encoding="utf8") as file:
    texts = [json.loads(line) for line in file]
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
cpu = time.process_time()
lsh = RMinHashLSH(threshold=0.8, num_perm=128, num_bands=16)
found = 0
for n, text in enumerate(texts):
    sketch = RMinHash(num_perm=128, seed=42)
    sketch.update(text.split())
    found += bool(lsh.query(sketch))
    lsh.insert(n, sketch)
cpu = time.process_time() - cpu
kept = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) / len(texts)
print(f"rensa: {len(texts)} texts, {found} with one like them before: {cpu:.1f} CPU s, {len(texts) / cpu:.0f} a CPU second, "
      f"{kept:.1f} kB kept of each")
