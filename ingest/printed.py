"""A council's or a body's name as a header prints it: over broken lines, in capitals, and garbled by a scan."""

from __future__ import annotations

import re

from ingest.labels import labels

# The kind of body, which some print in small letters: "Quillbeck parish Council".
_KIND = re.compile(r"(?i:(?: (?:parish|town|city|county|borough|district))? (?:council|meeting|committee))$")


def join_lines(header: str) -> str:
    """The header with its broken lines joined: those in capitals, and those that end or begin inside a phrase."""
    joined = before = ""
    for line in filter(None, header.splitlines()):
        # Scans put small letters among capitals: "MAINCHĺN", "3rd MAY".
        inside = not re.search(r"[a-z]{4}", before + line) and line.upper() != line.lower()
        inside = inside or bool(
            re.search(r"(?i:[,&-]|\b(?:of|the|and|in|at|on|for))$", before) or re.match(r"[a-z&]", line)
        )
        joined += (" " if inside and before else "\n") + line
        before = line
    return joined


def bare(name: str, words: str) -> str:
    """A name without what stands before it: "Minutes of the June Planning Panel" names the Planning Panel."""
    name = re.split(r"(?i:\b(?:minutes|proceedings|\w*meetings?|held)\b\W+)(?=\w)", name)[-1]
    return re.sub(rf"^(?:(?:{words})\s+)+", "", name, flags=re.IGNORECASE)


def is_name(name: str) -> bool:
    """False for one word, which names nobody, and for what a scan has garbled."""
    words = re.findall(r"[^\s-]+", name)
    return (
        len(words) > 1
        and bool(re.fullmatch(r"[^\W\d_][^\d_\"*<>|~©®™{}\[\]\\]*", name))
        and all(re.search(r"[aeiouyáéíóúâêîôûŵŷ]", word, re.IGNORECASE) for word in words if len(word) > 3)
        and not re.search(r"[a-z](?<!\bMc)(?<!\bMac)[A-Z]|(\w)\1\1|[A-ZÀ-Þ]{2}[a-zß-ÿ]{3}", name)
        and not re.search(r"^Of(?!f)\w|(?i:[a-z]{3}(?:parish|district|borough)\b)", name)  # words run together
        and sum(len(word) == 1 and word not in "aA&" for word in words) < 2
    )


def as_written(name: str) -> str:
    """A name printed in capitals, as one writes it in a sentence."""
    name = re.sub(r"-\s+", "-", " ".join(name.split())).strip(" ,.-–")
    if not name.isupper():
        return _KIND.sub(lambda match: match.group().title(), name)
    small = {"and", "of", "the", "in", "for", "on", "upon", "with", "to"}
    kept = {word for word in labels()["committee_words"] if word.isupper()}
    words = re.sub(
        r"[^\W\d_][\w’']*", lambda m: m.group() if m.group() in kept else m.group().capitalize(), name
    ).split(" ")
    return " ".join(w.lower() if i and w.lower() in small else w for i, w in enumerate(words))
