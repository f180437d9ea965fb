#!/usr/bin/env python3
"""Draws items at random for reading by hand: is each right, as its one article gives it?

    draw.py export --bin rapporteur --to DIR SET...   export every document of the sets alone, one file of records each
    draw.py draw --from DIR --seed SEED --per 28      print so many items of each family with their sentences

A SET is a folder of articles or a JSONL file of documents. Each document is exported by itself, so that nothing is
merged over articles. The draw orders all items of a family by the BLAKE2 digest of the seed and the item's id and takes
the first: the same records and seed give the same draw, and another seed a fresh one.
"""
import argparse, hashlib, json, pathlib, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

FAMILIES = ("meeting", "role", "proposal", "incident", "deadline", "status")


def documents(path):
    """(name, input file or line, verbatim) of each document of a set."""
    path = pathlib.Path(path)
    if path.is_dir():
        files = sorted(f for f in path.rglob("*") if f.is_file())
        name = path.parent.name if path.name == "articles" else path.name
        return [(f"{name}/{f.relative_to(path)}", f, False) for f in files]
    name = f"{path.parent.parent.name}/{path.parent.name}"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(f"{name}/{json.loads(line)['id']}", line, True) for line in lines if line.strip()]


def export_one(binary, to, document):
    name, source, verbatim = document
    target = to / (hashlib.blake2b(name.encode(), digest_size=8).hexdigest() + ".jsonl")
    flags = ["--verbatim"] if verbatim else []
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf-8") as one:
        if verbatim:
            one.write(source + "\n")
    given = one.name if verbatim else str(source)
    done = subprocess.run([binary, "export", "--format", "jsonl", *flags, given], capture_output=True, check=False)
    pathlib.Path(one.name).unlink()
    target.write_bytes(json.dumps({"document": name}).encode() + b"\n" + done.stdout)


def export(args):
    to = pathlib.Path(args.to)
    to.mkdir(parents=True, exist_ok=True)
    for old in to.glob("*.jsonl"):
        old.unlink()
    every = [d for s in args.sets for d in documents(s)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda d: export_one(args.bin, to, d), every))
    print(f"{len(every)} documents", file=sys.stderr)


def ref(r):
    if not r:
        return "-"
    return f"{r['as_written']}" + (f" (= {r['name']})" if r["name"] and r["name"] != r["as_written"] else "")


def refs(rs):
    return "; ".join(ref(r) for r in rs) or "-"


def time(t):
    if not t or not (t["from"] or t["to"]):
        return "-"
    return t["from"] if t["from"] == t["to"] else f"{t['from']}..{t['to']}"


def words(span):
    return span["text"] if isinstance(span, dict) and "text" in span else (span or "-")


def moved(r, days):
    """The day of the meeting or deadline to which this one was moved; it is named by its id."""
    return f" | moved to {days.get(r['moved_to'], r['moved_to'])}" if r["moved_to"] else ""


def short(r, days):
    """The values that are judged; `days` are those of the meetings and deadlines by their ids."""
    if r["kind"] == "meeting":
        return f"{r['sort']} | {r['state']} | place {ref(r['place'])} | {time(r['when'])} | with {refs(r['participants'])}" + moved(r, days)
    if r["kind"] == "role":
        return f"{ref(r['person'])} | {words(r['role'])} | party {ref(r['party'])} | {r['change']} | {time(r['when'])}"
    if r["kind"] == "proposal":
        return f"{r['name']} | by {refs(r['by'])} | points {r['points']} | {time(r['when'])} | terms {[words(t['text']) for t in r['terms']]}"
    if r["kind"] == "incident":
        return (f"{r['sort']} | actor {ref(r['actor'])} | target {ref(r['target'])} | place {ref(r['place'])} | {time(r['when'])}"
                f" | claimed {ref(r['claimed_by'])} | denied {ref(r['denied_by'])}")
    if r["kind"] == "deadline":
        return f"{words(r['matter'])} | by {ref(r['by'])} | {time(r['when'])} | {r['state']}" + moved(r, days)
    return f"{r['status']} | {ref(r['issue'])} | according to {ref(r['according_to'])} | percent {r['percent']} | said {time(r['said'])}"


def draw(args):
    items, texts, days = {f: [] for f in FAMILIES}, {}, {}
    for file in sorted(pathlib.Path(args.source).glob("*.jsonl")):
        lines = [json.loads(l) for l in file.read_text(encoding="utf-8").splitlines()]
        document = lines[0]["document"]
        days.update((r["id"], time(r["when"])) for r in lines[1:] if r["kind"] in ("meeting", "deadline"))
        for r in lines[1:]:
            if r["kind"] == "article":
                texts[r["id"]] = r
            if r["kind"] in items:
                key = hashlib.blake2b(f"{args.seed} {document} {r['id']}".encode(), digest_size=8).hexdigest()
                items[r["kind"]].append((key, document, r))
    for family in args.family or FAMILIES:
        chosen = sorted(items[family], key=lambda x: x[0])[: args.per]
        print(f"\n##### {family}: {len(chosen)} of {len(items[family])}")
        for n, (_, document, r) in enumerate(chosen, 1):
            article = texts[r["evidence"][0]["article"]]
            print(f"\n[{family} {n}] {document} ({(article['published'] or '')[:10]}) {r['rule']} {r['id']}\n  ITEM {short(r, days)}")
            seen = set()
            for e in r["evidence"]:
                if e["sentence"] in seen:
                    continue
                seen.add(e["sentence"])
                print(f"  [{e['text']}] {e['why']}: {' '.join(e['sentence'].split())}")
            if args.context:
                at = r["evidence"][0]["start"]
                raw = article["text"].encode()
                around = raw[max(0, at - args.context): at + args.context].decode(errors="ignore")
                print(f"  CONTEXT {' '.join(around.split())}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = parser.add_subparsers(required=True)
    one = sub.add_parser("export")
    one.add_argument("--bin", required=True)
    one.add_argument("--to", required=True)
    one.add_argument("sets", nargs="+")
    one.set_defaults(run=export)
    two = sub.add_parser("draw")
    two.add_argument("--from", dest="source", required=True)
    two.add_argument("--seed", required=True)
    two.add_argument("--per", type=int, default=28)
    two.add_argument("--context", type=int, default=0, help="bytes of the article around the item")
    two.add_argument("--family", action="append", choices=FAMILIES)
    two.set_defaults(run=draw)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
