"""A council's site -> a folder of files, each with what the site says of it beside it: what ingest then reads."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from corpus.errors import UserError
from corpus.models import MONTHS
from ingest.documents import make_document
from ingest.fetching.fetched import NotFetched, write
from ingest.fetching.published import Committee, Meeting, Minutes, NotPublished, Site
from ingest.read import Supplied
from ingest.source import Skip

Result = Literal["new", "changed", "unchanged", "not published", "failed"]

SETTLES = dt.timedelta(days=180)  # minutes are approved at the next meeting, or the one after, and then stay
PATIENCE = 5  # failures in a row, before it is looked whether the site itself has failed
_DRAFT = "# A draft when it was fetched.\n"
_ASKED = re.compile(r"^# The site was asked for it on ([0-9]{4}-[0-9]{2}-[0-9]{2})\.$", re.MULTILINE)
_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-(?P<meeting>[0-9]+)\.(?:xml|html|pdf)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one meeting: its file where there is one, or why there is none; `replaces` are its old files."""

    meeting: Meeting
    result: Result
    reason: str = ""
    path: Path | None = None
    replaces: tuple[Path, ...] = ()


def choose(committees: Sequence[Committee], names: Sequence[str]) -> list[Committee]:
    """The committees that are named; without names all but former ones. Raises UserError for an unknown name."""
    if not names:
        return [committee for committee in committees if not committee.former]
    chosen: list[Committee] = []
    for name in names:
        meant = [committee for committee in committees if _plain(committee.name) == _plain(name)]
        if not meant:
            raise UserError(f"The site has no committee called {name}; {_near(committees, name)}")
        chosen += meant
    return list(dict.fromkeys(chosen))


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("&", " and ").split())


def _near(committees: Sequence[Committee], name: str) -> str:
    called = {_plain(committee.name): committee.name for committee in committees}
    near = [called[plain] for plain in called if _plain(name) in plain]
    near += [called[plain] for plain in get_close_matches(_plain(name), called, n=5, cutoff=0.5)]
    if near:
        return f"near it are: {', '.join(list(dict.fromkeys(near))[:8])}"
    return f"these are: {', '.join(sorted(called.values())[:8])}{', …' if len(called) > 8 else ''}"


def meetings(site: Site, committee: Committee, since: dt.date | None, until: dt.date | None) -> list[Meeting]:
    """A committee's meetings between two days, inclusive, that have been held, newest first."""
    last = min(until or dt.date.today(), dt.date.today())
    found = site.meetings(committee, since, last if until else None)
    held = [meeting for meeting in found if (since or dt.date.min) <= meeting.date <= last]
    return sorted(held, key=lambda meeting: (meeting.date, meeting.id), reverse=True)


def files(folder: Path) -> dict[str, list[Path]]:
    """The files in a site's folder, by meeting."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*/*")):
        if named := _NAME.fullmatch(path.name):
            found.setdefault(named["meeting"], []).append(path)
    return found


def fetch(
    site: Site, folder: Path, wanted: Sequence[Meeting], council: str | None, again: bool = False
) -> Iterator[Outcome]:
    """What comes of each meeting, its file written; fewer than wanted where the site stops answering.

    A meeting whose minutes are settled is not asked for.
    """
    held = files(folder)
    failed = 0  # in a row
    for meeting in wanted:
        mine = held.get(meeting.id, [])
        settled = [path for path in mine if is_settled(path, meeting.date)]
        if settled and not again:
            others = tuple(path for path in mine if path != settled[-1])
            _describe(settled[-1], meeting, council, draft=False, asked=_asked(settled[-1]))
            yield Outcome(meeting, "unchanged", path=settled[-1], replaces=others)
            continue
        before = mine[-1] if mine else None  # stays on record, whatever has become of it
        try:
            outcome = _put(folder, meeting, site.minutes(meeting), council, mine)
        except NotPublished as reason:
            outcome = Outcome(meeting, "not published", str(reason), before)
        except NotFetched as reason:
            outcome = Outcome(meeting, "failed", str(reason), before)
            failed += 1
        except (UserError, OSError):
            raise
        except Exception as error:
            # One odd page must not lose the others; its name and ours are in the reason.
            said = f"It could not be taken apart ({error.__class__.__name__}: {error})"[:200]
            outcome = Outcome(meeting, "failed", said, before)
        if outcome.result != "failed":
            failed = 0
        yield outcome
        if failed >= PATIENCE:
            if not answers(site):
                return
            failed = 0


def answers(site: Site) -> bool:
    """True if a site still gives what it gave first: then it is some of its meetings that it cannot give."""
    try:
        return bool(site.committees())
    except NotFetched:
        return False


def is_settled(path: Path, held: dt.date) -> bool:
    """True if a meeting's minutes, no draft, were still the site's when they had had the time to be approved."""
    asked = _asked(path)
    return asked is not None and asked >= held + SETTLES and not _sidecar(path).read_text("utf-8").startswith(_DRAFT)


def _asked(path: Path) -> dt.date | None:
    """The day on which a site was last asked for a file's minutes. The file's own date would not outlive a copy."""
    with suppress(OSError, ValueError):
        if told := _ASKED.search(_sidecar(path).read_text("utf-8")):
            return dt.date.fromisoformat(told.group(1))
    return None


def _put(folder: Path, meeting: Meeting, minutes: Minutes, council: str | None, mine: Sequence[Path]) -> Outcome:
    """Put a meeting's minutes into the folder, unless they are there."""
    path = folder / slug(meeting.committee) / f"{meeting.date}-{meeting.id}{minutes.suffix}"
    others = tuple(other for other in mine if other != path)
    is_new, changed = path not in mine, path not in mine or not _says_the_same(path, minutes)
    # Stopped between the two, a new file must not be there without its sidecar, and an old one not with the sidecar's
    # new date: that is when the site was last asked.
    if changed and not is_new:
        _write(path, minutes.body)
    _describe(path, meeting, council, minutes.draft, dt.date.today())
    if is_new:
        _write(path, minutes.body)
    result: Result = "new" if not mine else "changed" if changed else "unchanged"
    return Outcome(meeting, result, path=path, replaces=others)


def _says_the_same(path: Path, minutes: Minutes) -> bool:
    """True if a page's new bytes hold the old minutes: some sites put the time, or who asks, into every page."""
    before = path.read_bytes()
    if before == minutes.body:
        return True
    with suppress(Skip):
        old, new = (make_document(path.name, body, Supplied()) for body in (before, minutes.body))
        return old.id == new.id and [m.status for m in old.meetings] == [m.status for m in new.meetings]
    return False


def _describe(path: Path, meeting: Meeting, council: str | None, draft: bool, asked: dt.date | None) -> None:
    """Write the sidecar, unless it is there: what the site says of the meeting, for minutes that do not state it."""
    day = f"{meeting.date.day} {MONTHS[meeting.date.month - 1].capitalize()} {meeting.date.year}"
    told = {
        "council": council,
        "committee": meeting.committee.name,
        "date": meeting.date.isoformat(),
        "title": f"{meeting.committee.name}, {day}",
        "link": meeting.link,
    }
    # A string of JSON is one of TOML, but for this one character.
    lines = (f"{k} = {json.dumps(v, ensure_ascii=False)}\n".replace("\x7f", "") for k, v in told.items() if v)
    head = _DRAFT if draft else "# Written by `onrecord fetch`.\n"
    head += f"# The site was asked for it on {asked}.\n" if asked else ""
    said = (head + "".join(lines)).encode()
    if not _sidecar(path).exists() or _sidecar(path).read_bytes() != said:
        _write(_sidecar(path), said)


def council_before(folder: Path) -> str | None:
    """The council that was named when something was last fetched into a site's folder."""
    for path in sorted(folder.glob("*/*.toml"), key=lambda path: path.stat().st_mtime, reverse=True):
        with suppress(tomllib.TOMLDecodeError, UnicodeDecodeError):
            return tomllib.loads(path.read_text("utf-8")).get("council")
    return None


def slug(committee: Committee) -> str:
    """A committee's name as a folder's."""
    letters = unicodedata.normalize("NFKD", committee.name.replace("&", " and ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")[:80] or f"committee-{committee.id}"


def site_folder(home: Path, base: str) -> Path:
    """Where a site's files are: its host, with the folder that it is in where it is in one."""
    return home / "fetched" / re.sub(r"[^a-z0-9.]+", "-", base.partition("://")[2].lower()).strip("-.")


def discard(path: Path) -> None:
    """Take away a file that another has replaced, and then what is said of it."""
    path.unlink(missing_ok=True)
    _sidecar(path).unlink(missing_ok=True)


def _sidecar(path: Path) -> Path:
    return path.with_name(path.name + ".toml")


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, data)
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror or error}); make room, then fetch again") from None
