#!/usr/bin/env python3
"""Measures how well knowledge is found, and how fast.

usage: benchmarks/knowledge.py quality URL KEY [--jdk DIR]
       benchmarks/knowledge.py load URL KEY [--jdk DIR] [--passages N]
       benchmarks/knowledge.py measure URL KEY [--found FILE]

Both talk to a server that is up, with KUBIYA_RATE_LIMIT_PER_MINUTE=0 and KUBIYA_RATE_LIMIT_PER_DAY=0, and leave their
entries there: give it a data directory of its own.

quality   makes entries of what the JDK's own documentation says about its classes (read from the sources that come with
          every JDK, lib/src.zip) and of the sections of docs/, asks the questions of benchmarks/knowledge/questions.tsv, and
          prints nDCG@10 and recall@10 for words alone, meanings alone and both.
load      makes N passages (100,000 by default) of the same sources, and prints how long it takes until they are found by
          their words and by their meaning, and how long searches take then.
measure   only the searches, of what load left there. The first time --found keeps what was found by meaning in the file, and
          later says how much of that is found: with pgvector, say, of what comparing all found.
"""
import argparse
import concurrent.futures
import http.client
import json
import math
import os
import pathlib
import random
import re
import statistics
import sys
import time
import urllib.parse
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
# About how many of a text a passage has.
CHARACTERS = 560
PACKAGES = ("java/lang", "java/util", "java/time", "java/nio", "java/net", "java/io", "java/text", "java/math", "java/security")


def plain(comment):
    """The text of a documentation comment, roughly as Markdown."""
    text = "\n".join(re.sub(r"^\s*\*? ?", "", line) for line in comment.split("\n"))
    text = re.split(r"\n@(?!code|link)", text)[0]
    text = re.sub(r"\{@(?:code|literal|systemProperty|index)\s+([^{}]*)\}", r"\1", text)
    text = re.sub(r"\{@(?:link|linkplain)\s+([^\s{}]+)\s*([^{}]*)\}", lambda m: m[2].strip() or m[1].replace("#", "."), text)
    text = re.sub(r"\{@[^{}]*\}", "", text)
    text = re.sub(r"<h[2-6][^>]*>(.*?)</h[2-6]>", r"\n\n## \1\n\n", text, flags=re.S)
    text = re.sub(r"<(?:p|/p|pre|/pre|ul|/ul|br|tr|blockquote)\b[^>]*>", "\n\n", text)
    text = re.sub(r"<li\b[^>]*>", "\n- ", text)
    text = re.sub(r"<[^>]+>", "", text)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&nbsp;", " "), ("&quot;", '"')):
        text = text.replace(entity, character)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+", " ", text)).strip()


def sources(jdk):
    with zipfile.ZipFile(pathlib.Path(jdk) / "lib/src.zip") as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".java") and not name.endswith(("package-info.java", "module-info.java")):
                yield name, archive.read(name).decode("utf-8")


def classes(jdk):
    """What the documentation says about each public class."""
    for name, source in sources(jdk):
        path = name.removeprefix("java.base/")
        if not name.startswith("java.base/") or not path.startswith(PACKAGES):
            continue
        simple = path.rsplit("/", 1)[1].removesuffix(".java")
        found = re.search(r"/\*\*((?:[^*]|\*(?!/))*)\*/\s*(?:@[\w.]+(?:\([^()]*\))?\s*)*public\s+[\w\s-]*?"
                          r"(?:class|interface|enum|record|@interface)\s+" + simple + r"\b", source)
        if found and len(plain(found[1])) > 80:
            yield path.removesuffix(".java").replace("/", "."), plain(found[1])


def sections():
    """The sections of our own documentation."""
    for file in sorted((ROOT / "docs").glob("*.md")):
        text = file.read_text()
        title = re.search(r"^# (.*)$", text, re.M)[1]
        for part in re.split(r"(?m)^(?=##+ )", text)[1:]:
            heading, _, body = part.partition("\n")
            yield f"{title}: {heading.lstrip('# ').replace('`', '')}", body.strip()


class Api:
    def __init__(self, url, key):
        self.host = urllib.parse.urlparse(url).netloc
        self.headers = {"Authorization": "UserKey " + key, "Content-Type": "application/json"}
        self.connection = http.client.HTTPConnection(self.host)

    def call(self, method, path, body=None):
        self.connection.request(method, path, body and json.dumps(body), self.headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {text[:500]}")
        return text

    def json(self, method, path, body=None):
        return json.loads(self.call(method, path, body))

    def waiting(self):
        return int(float(re.search(r"^kubiya_knowledge_waiting (\S+)$", self.call("GET", "/metrics").decode(), re.M)[1]))


def add_all(arguments, entries, workers=4):
    def some(part):
        api = Api(arguments.url, arguments.key)
        for title, content in part:
            api.call("POST", "/v1/knowledge", {"title": title, "content": content})

    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        list(pool.map(some, [entries[i::workers] for i in range(workers)]))


def search(api, question, by="both", limit=10):
    query = urllib.parse.urlencode({"query": question, "by": by, "limit": limit})
    return [row["title"] for row in api.json("GET", "/v1/knowledge/search?" + query)["data"]]


def ndcg(found, relevant):
    gain = sum(1 / math.log2(i + 2) for i, title in enumerate(found) if title in relevant)
    return gain / sum(1 / math.log2(i + 2) for i in range(min(10, len(relevant))))


def quality(arguments):
    api = Api(arguments.url, arguments.key)
    entries = list(classes(arguments.jdk)) + list(sections())
    titles = {title for title, _ in entries}
    if api.json("GET", "/v1/knowledge?limit=1")["pagination"]["total"] == 0:
        add_all(arguments, entries)
    while api.waiting():
        time.sleep(1)
    questions = []
    for line in (ROOT / "benchmarks/knowledge/questions.tsv").read_text().splitlines():
        if not line.startswith("#"):
            kind, question, relevant = line.split("\t")
            missing = set(relevant.split("|")) - titles
            if missing:
                print(f"there is no entry {', '.join(sorted(missing))} for: {question}", file=sys.stderr)
            questions.append((kind, question, set(relevant.split("|"))))
    print(f"{len(entries)} entries, {len(questions)} questions")
    results = {by: [search(api, question, by) for _, question, _ in questions] for by in ("words", "meaning", "both")}
    # What can be tuned is tuned with every second question, from the first; the others only check it.
    halves = {"tuned with": range(0, len(questions), 2), "held out": range(1, len(questions), 2)}
    kinds = ["all", *halves, *dict.fromkeys(kind for kind, _, _ in questions)]
    print("| questions | " + " | ".join(f"{by} nDCG@10 | {by} recall@10" for by in results) + " |")
    print("|---|" + "---|---|" * len(results))
    for kind in kinds:
        chosen = halves.get(kind) or [i for i, question in enumerate(questions) if kind in ("all", question[0])]
        cells = []
        for found in results.values():
            cells.append(f"{statistics.mean(ndcg(found[i], questions[i][2]) for i in chosen):.3f}")
            recall = statistics.mean(len(questions[i][2] & set(found[i])) / len(questions[i][2]) for i in chosen)
            cells.append(f"{recall:.3f}")
        print(f"| {kind} ({len(chosen)}) | " + " | ".join(cells) + " |")
    if arguments.verbose:
        for i, (kind, question, relevant) in enumerate(questions):
            scores = {by: ndcg(found[i], relevant) for by, found in results.items()}
            print(f"{kind}\t{question}\t" + " ".join(f"{by}={score:.2f}" for by, score in scores.items())
                  + f"\t{results['both'][i][:5]}")


def documents(jdk, passages):
    """Documentation comments of the whole JDK, a few to an entry; again and again until there are enough."""
    characters = 0
    for copy in range(100):
        for name, source in sources(jdk):
            comments = [plain(found) for found in re.findall(r"/\*\*((?:[^*]|\*(?!/))*)\*/", source)]
            parts = [f"## Part {i} of copy {copy}\n\n{text}" for i, text in enumerate(comments) if len(text) > 250]
            for i in range(0, len(parts), 8):
                content = "\n\n".join(parts[i:i + 8])[:200_000]
                characters += len(content)
                yield f"{name.removesuffix('.java').replace('/', '.')} {i // 8}", content
            if characters >= passages * CHARACTERS:
                return


def load(arguments):
    api = Api(arguments.url, arguments.key)
    entries = list(documents(arguments.jdk, arguments.passages))
    characters = sum(len(content) for _, content in entries)
    begin = time.perf_counter()
    add_all(arguments, entries)
    stored = time.perf_counter() - begin
    waiting = api.waiting()
    print(f"{len(entries)} entries of {characters / 1e6:.0f} MB stored and found by their words after {stored:.0f} s;"
          f" {waiting} passages wait for their vectors")
    while waiting := api.waiting():
        time.sleep(10)
        print(f"  {time.perf_counter() - begin:.0f} s: {waiting} wait", flush=True)
    print(f"found by their meaning after {time.perf_counter() - begin:.0f} s")
    measure(arguments)


def measure(arguments):
    api = Api(arguments.url, arguments.key)
    questions = [line.split("\t")[1] for line in (ROOT / "benchmarks/knowledge/questions.tsv").read_text().splitlines()[1:]]
    random.Random(1).shuffle(questions)
    search(api, questions[0])
    for by in ("words", "meaning", "both"):
        times = []
        for question in questions * 3:
            begin = time.perf_counter()
            search(api, question, by)
            times.append((time.perf_counter() - begin) * 1000)
        times.sort()
        print(f"{by}: p50 {times[len(times) // 2]:.1f} ms, p90 {times[len(times) * 9 // 10]:.1f} ms,"
              f" p99 {times[len(times) * 99 // 100]:.1f} ms of {len(times)} searches")
    for gauge in ("memory", "pgvector"):
        print(re.search(rf"^kubiya_knowledge_{gauge} \S+$", api.call("GET", "/metrics").decode(), re.M)[0])
    if arguments.found:
        compare(pathlib.Path(arguments.found), {question: search(api, question, "meaning", 100) for question in questions})


def compare(file, found):
    if not file.exists():
        file.write_text(json.dumps(found))
        return
    expected = json.loads(file.read_text())
    for most in (10, 100):
        shares = [len(set(found[question][:most]) & set(rows[:most])) / len(set(rows[:most]))
                  for question, rows in expected.items() if rows]
        print(f"of the {most} nearest entries {statistics.mean(shares):.4f} are found again, at least {min(shares):.2f}")


def default_jdk():
    homes = [os.environ.get("JAVA_HOME", ""), *map(str, pathlib.Path("/usr/lib/jvm").glob("*25*"))]
    return next((home for home in homes if home and (pathlib.Path(home) / "lib/src.zip").exists()), None)


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("what", choices=["quality", "load", "measure"])
parser.add_argument("url")
parser.add_argument("key")
parser.add_argument("--jdk", default=default_jdk())
parser.add_argument("--passages", type=int, default=100_000)
parser.add_argument("--found")
parser.add_argument("--verbose", action="store_true")
given = parser.parse_args()
if not given.jdk:
    raise SystemExit("no JDK with lib/src.zip was found; name one with --jdk")
{"quality": quality, "load": load, "measure": measure}[given.what](given)
