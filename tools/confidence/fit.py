#!/usr/bin/env python3
"""Fit the confidence of statements on annotated press packs, and say how well it holds.

    python3 tools/confidence/fit.py WEIGHTS.tsv PACK RECORDS [PACK RECORDS ...]

PACK is a folder with `truth.json`; RECORDS is what `rapporteur export --format jsonl PACK/articles` wrote. A logistic
regression (L2, Newton's method, no library) over the features that `crates/reading/src/statements/calibration.rs`
computes. Prints a reliability table as Markdown: for every pack the model is fitted on the others.
"""
import collections, json, math, pathlib, re, sys

RIDGE = 8.0          # strength of the L2 prior: a feature seen twice should move little
SIDES = {"threaten": "threat", "warn": "threat", "accuse": "charge", "deny": "denial",
         "reject": "no", "refuse": "no", "oppose": "no"}
PRONOUNS = set("he she it they we i his her its their our".split())

words = lambda s: re.findall(r"[^\W_]+", (s or "").lower())
side = lambda act: SIDES.get(act, "yes")

def length(matter):
    n = len(matter.split())
    return "1" if n <= 1 else "2-3" if n <= 3 else "4-8" if n <= 8 else "9-16" if n <= 16 else "17+"

def holder(written):
    all_ = written.split()
    first = all_[0].lower() if all_ else ""
    article = first in ("the", "a", "an")
    if first in PRONOUNS: return "pronoun"
    if any(w[0].isupper() for w in all_[article:]): return "name"
    return "article" if article else "bare"

def features(r, text):
    # the holder as the sentence writes it, not as the ledger resolves it
    own = r["person"] or r["holder"]
    f = ["rule=" + r["rule"].rsplit(".", 1)[0], "act=" + r["act"], "mode=" + r["mode"], "modality=" + r["modality"],
         "matter=" + length(r["matter"]["text"]), "holder=" + holder(own["as_written"])]
    flags = {"negated": r["negated"], "unnamed": not r["named"], "relayed": bool(r["chain"]), "conditional": bool(r["conditions"]),
             "target": bool(r["target"]), "antecedent": any(e["why"] == "antecedent" for e in r["evidence"])}
    return f + [k for k, v in flags.items() if v]

def same_sentence(a, b):
    a, b = " ".join(words(a)), " ".join(words(b))
    return bool(a and b) and (a in b and len(b) <= 2 * len(a) or b in a and len(a) <= 2 * len(b))

def samples(pack, records):
    truth = json.load(open(pathlib.Path(pack) / "truth.json", encoding="utf8"))
    rows = [json.loads(l) for l in open(records, encoding="utf8")]
    party = {}
    for p in truth["parties"]:
        for n in [p["id"], p["name"], *p["aliases"]]: party[" ".join(words(n))] = p["id"]
    for p in truth["people"]:
        for n in [p["name"], *p["aliases"]]: party.setdefault(" ".join(words(n)), p["party"])
    def of(ref):
        ref = ref or {}
        names = [party.get(" ".join(words(re.sub(r"^(the|a|an) ", "", (ref.get(k) or "").lower())))) for k in ("name", "as_written")]
        return {n for n in names if n}
    files = {r["id"]: pathlib.Path(r["path"]).name for r in rows if r["kind"] == "article"}
    texts = {r["id"]: r["text"] for r in rows if r["kind"] == "article"}
    gold = collections.defaultdict(list)
    for g in truth["statements"] + truth.get("package_statements", []): gold[g["article"]].append(g)
    complete = set(truth["complete"])
    for r in rows:
        if r["kind"] != "statement" or r["act"] == "assert" or files[r["article"]] not in complete: continue
        ours = of(r["holder"]) | of(r["person"]) | of(r["on_behalf_of"])
        sentence = r["evidence"][0]["sentence"]
        right = any(g["holder"] in ours and side(g["act"]) == side(r["act"]) and same_sentence(g["sentence"], sentence)
                    for g in gold[files[r["article"]]])
        yield features(r, texts[r["article"]]), right

def solve(a, b):
    n = len(b)
    m = [row[:] + [b[i]] for i, row in enumerate(a)]
    for c in range(n):
        p = max(range(c, n), key=lambda i: abs(m[i][c])); m[c], m[p] = m[p], m[c]
        for i in range(c + 1, n):
            f = m[i][c] / m[c][c]
            if f: m[i] = [x - f * y for x, y in zip(m[i], m[c])]
    x = [0.0] * n
    for c in reversed(range(n)): x[c] = (m[c][n] - sum(m[c][k] * x[k] for k in range(c + 1, n))) / m[c][c]
    return x

def fit(data):
    names = ["(intercept)"] + sorted({f for fs, _ in data for f in fs})
    at = {n: i for i, n in enumerate(names)}
    rows = [([0] + [at[f] for f in fs], y) for fs, y in data]
    w = [0.0] * len(names)
    for _ in range(25):
        g = [-(RIDGE if i else 1e-6) * x for i, x in enumerate(w)]
        h = [[0.0] * len(w) for _ in w]
        for i in range(len(w)): h[i][i] = RIDGE if i else 1e-6
        for on, y in rows:
            p = 1 / (1 + math.exp(-sum(w[i] for i in on)))
            for i in on:
                g[i] += y - p
                for j in on: h[i][j] += p * (1 - p)
        step = solve(h, g)
        w = [x + s for x, s in zip(w, step)]
        if max(map(abs, step)) < 1e-6: break
    return dict(zip(names, w))

def predict(w, fs): return min(.98, max(.02, 1 / (1 + math.exp(-(w["(intercept)"] + sum(w.get(f, 0) for f in fs))))))

def main():
    out, rest = sys.argv[1], sys.argv[2:]
    packs = [(pathlib.Path(p).name, list(samples(p, r))) for p, r in zip(rest[::2], rest[1::2])]
    judged = []
    for name, own in packs:
        w = fit([s for n, d in packs if n != name for s in d])
        judged += [(predict(w, fs), y) for fs, y in own]
    print("| confidence | statements | right |\n|---|---|---|")
    bins, error = collections.defaultdict(list), 0.0
    for p, y in judged: bins[min(int(p * 10), 9)].append((p, y))
    for b in sorted(bins):
        ys = [y for _, y in bins[b]]; mean = sum(p for p, _ in bins[b]) / len(ys)
        error += abs(mean - sum(ys) / len(ys)) * len(ys)
        print(f"| {b / 10:.1f} to {(b + 1) / 10:.1f} (mean {mean:.2f}) | {len(ys)} | {100 * sum(ys) / len(ys):.0f} % |")
    print(f"\nExpected calibration error {error / len(judged):.3f} over {len(judged)} statements.\n")
    print("| `--min-confidence` | kept | right of the kept |\n|---|---|---|")
    for t in (0, .3, .4, .5, .6, .7, .8):
        kept = [y for p, y in judged if p >= t]
        if kept: print(f"| {t:.1f} | {100 * len(kept) / len(judged):.0f} % | {100 * sum(kept) / len(kept):.0f} % |")
    w = fit([s for _, d in packs for s in d])
    with open(out, "w", encoding="utf8") as f:
        f.write("# Weights of the logistic model behind the confidence of statements (`statements/calibration.rs`).\n"
                "# Fitted by `cargo xtask calibrate` on our own press packs; do not edit by hand.\n# Columns: feature, weight.\n")
        for k, v in w.items(): f.write(f"{k}\t{v:.3f}\n")

main()
