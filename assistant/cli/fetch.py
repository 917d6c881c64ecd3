"""`onrecord fetch`: gets minutes from a council's own site, and puts them on record."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from assistant.cli import options
from assistant.cli.ingest import put_on_record, report
from corpus.errors import UserError

if TYPE_CHECKING:
    from assistant.cli.progress import Bars
    from assistant.config import Settings
    from ingest.connectors import Connector
    from ingest.fetching.folder import Outcome
    from ingest.fetching.published import Meeting, Site

NAMED = 20  # meetings without minutes that are told one by one


def fetch(
    system: Annotated[str, typer.Argument(help="The system that the council publishes with: moderngov.")],
    site: Annotated[str, typer.Argument(help="The address of the council's site, or a short name such as rutland.")],
    committee: Annotated[
        list[str] | None, typer.Option(help="Only this committee; may be given several times.")
    ] = None,
    since: Annotated[str | None, typer.Option("--from", help="Only meetings from this day on, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Only meetings up to this day, YYYY-MM-DD.")] = None,
    council: Annotated[str | None, typer.Option(help="The council's name, where its minutes do not state it.")] = None,
    encoding: Annotated[str | None, typer.Option(help="The encoding of pages that are not UTF-8, e.g. cp1252.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Also ask for minutes that have long been settled.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Print which meetings would be asked for, and do nothing.")] = False,
    home: options.Home = None,
    pause: Annotated[float, typer.Option(hidden=True, min=0, help="Seconds between two requests.")] = 1.0,
    allow_private_addresses: Annotated[
        bool, typer.Option("--allow-private-addresses", hidden=True, help="For tests: this machine, and its network.")
    ] = False,
) -> None:
    """Get minutes from a council's own site, one page at a time, and put them on record."""
    from assistant.cli.progress import Bars
    from assistant.config import load_settings
    from ingest.fetching.folder import council_before, site_folder
    from ingest.fetching.folder import fetch as fetch_meetings
    from ingest.fetching.polite import Polite

    first, last = options.date(since, "--from"), options.date(until, "--to")
    if first and last and first > last:
        raise UserError(f"--from {first} is after --to {last}; give the earlier day to --from")
    connector = _connector(system)
    base, named, service = _place(connector, site)
    settings = load_settings(home)
    folder = site_folder(settings.home, base)
    with ExitStack() as opened:
        # A dry run leaves nothing behind, pages in the cache neither.
        cache = Path(opened.enter_context(tempfile.TemporaryDirectory())) if dry_run else folder / ".cache"
        door = opened.enter_context(Polite(base, cache, pause=pause, allow_private=allow_private_addresses))
        bars = opened.enter_context(Bars())
        asked = connector.connect(door, base, service=service, encoding=encoding)
        meetings, troubles = _list(asked, base, committee or [], first, last, bars)
        outcomes: list[Outcome] = []
        if not dry_run and meetings:
            name = council or named or council_before(folder) or asked.council()
            if not name:
                print("The site does not name its council; with --council NAME it can be asked for.", file=sys.stderr)
            for outcome in fetch_meetings(asked, folder, meetings, name, again):
                outcomes.append(outcome)
                bars.fetching(len(outcomes), len(meetings))
    if dry_run:
        _print_plan(folder, meetings, again)
    else:
        _print_outcomes(base, outcomes, len(meetings))
    for trouble in troubles:
        print(f"Not fetched: {trouble}.", file=sys.stderr)
    skipped = _ingest(settings, outcomes, encoding)
    if troubles or skipped or (not dry_run and len(outcomes) < len(meetings)) or _count(outcomes)["failed"]:
        raise typer.Exit(3)


def _connector(system: str) -> Connector:
    from ingest.connectors import CONNECTORS

    known = {connector.NAME: connector for connector in CONNECTORS}
    if system.lower() not in known:
        raise UserError(f"No system called {system} can be fetched from; these are: {', '.join(known)}")
    return known[system.lower()]


def _place(connector: Connector, site: str) -> tuple[str, str | None, bool]:
    """A site's address, its council's name if it is one that we know, and whether to ask its service."""
    from ingest.councils import councils
    from ingest.fetching.fetched import NotFetched

    known = {short: council for short, council in councils().items() if connector.NAME in council.addresses}
    if site.lower() in known:
        council = known[site.lower()]
        return connector.base(council.addresses[connector.NAME]), council.name, council.service
    if "." not in site and "://" not in site:
        raise UserError(
            f"{site} is neither an address nor one of the councils that go by a short name ({', '.join(known)}); "
            "give the address of its site, such as https://democracy.example.gov.uk/"
        )
    try:
        base = connector.base(site if "://" in site else f"https://{site}")
    except NotFetched as reason:
        raise UserError(
            f"{site} cannot be fetched from ({reason}); give an address that begins with https://"
        ) from None
    for council in known.values():
        if connector.base(council.addresses[connector.NAME]).partition("://")[2] == base.partition("://")[2]:
            return base, council.name, council.service
    return base, None, True


def _list(
    site: Site, base: str, names: Sequence[str], first: dt.date | None, last: dt.date | None, bars: Bars
) -> tuple[list[Meeting], list[str]]:
    """The meetings to fetch, and what was in the way of finding others."""
    from ingest.fetching.fetched import NotFetched
    from ingest.fetching.folder import PATIENCE, answers, choose, meetings

    try:
        committees = choose(site.committees(), names)
    except NotFetched as reason:
        raise UserError(
            f"Nothing can be fetched from {base} ({reason}); "
            "look with a browser whether the council's committees are listed there"
        ) from None
    found: dict[str, Meeting] = {}
    troubles: list[str] = []
    for done, committee in enumerate(committees):
        bars.listing(done, len(committees))
        try:
            for meeting in meetings(site, committee, first, last):
                found.setdefault(meeting.id, meeting)  # a joint one is listed under several
        except NotFetched as reason:
            troubles.append(f"{committee.name}, its list of meetings: {reason}")
            if len(troubles) % PATIENCE == 0 and not answers(site):
                troubles.append(f"{len(committees) - done - 1} more committees are left for next time")
                break
    bars.listing(len(committees), len(committees))
    return list(found.values()), troubles


def _print_plan(folder: Path, meetings: Sequence[Meeting], again: bool) -> None:
    from ingest.fetching.folder import files, is_settled

    held = files(folder)
    settled = 0
    for committee in dict.fromkeys(meeting.committee for meeting in meetings):
        mine = [meeting for meeting in meetings if meeting.committee == committee]
        due = [m for m in mine if again or not any(is_settled(path, m.date) for path in held.get(m.id, []))]
        settled += len(mine) - len(due)
        print(f"{committee.name}: {_meetings(len(due))}")
        for meeting in due:
            print(f"  {meeting.date}  {meeting.link}")
    told = f"; {settled} are settled" if settled else ""
    print(f"Plan: {_meetings(len(meetings) - settled)} would be asked for{told}.")


def _meetings(number: int) -> str:
    return f"{number} meeting{'s' * (number != 1)}"


def _count(outcomes: Sequence[Outcome]) -> Counter[str]:
    return Counter(outcome.result for outcome in outcomes)


def _print_outcomes(base: str, outcomes: Sequence[Outcome], wanted: int) -> None:
    from ingest.fetching.folder import Result

    missing = [outcome for outcome in outcomes if outcome.result == "not published"]
    for outcome in missing:
        if outcome.path:  # published once: what becomes of it is for people to decide
            named = f"{outcome.meeting.committee.name}, {outcome.meeting.date} ({outcome.reason})"
            print(f"Not published: {named}; it was, and stays on record: `onrecord remove {outcome.path.name}`")
    waiting = [outcome for outcome in missing if not outcome.path]
    for outcome in waiting[:NAMED]:
        print(f"Not published: {outcome.meeting.committee.name}, {outcome.meeting.date} ({outcome.reason})")
    if len(waiting) > NAMED:
        print(f"Not published: {len(waiting) - NAMED} more")
    for outcome in outcomes:
        if outcome.result == "failed":
            named = f"{outcome.meeting.committee.name}, {outcome.meeting.date}"
            print(f"Not fetched: {named}: {outcome.reason}.", file=sys.stderr)
    if len(outcomes) < wanted:
        left = _meetings(wanted - len(outcomes))
        print(f"The site stopped answering: {left} left; the same command goes on from here.", file=sys.stderr)
    counts = _count(outcomes)
    told = ", ".join(f"{counts[name]} {name}" for name in get_args(Result) if counts[name])
    print(f"Fetched from {base}: {told or 'there are no meetings to fetch'}.")


def _ingest(settings: Settings, outcomes: Sequence[Outcome], encoding: str | None) -> bool:
    """Put what was fetched on record, and take off what it replaces. True if something had to be skipped."""
    from assistant.cli.progress import Bars
    from corpus.changes import writing
    from corpus.records import Record
    from ingest import sync
    from ingest.fetching.folder import discard
    from ingest.read import Supplied

    sources = [outcome.path for outcome in outcomes if outcome.path]
    if not sources:
        return False
    leaving = {outcome.path: outcome.replaces for outcome in outcomes if outcome.path}
    with Bars() as bars:
        steps = put_on_record(settings, sources, Supplied(encoding=encoding), bars, leaving)
    report(steps, dry_run=False)
    # Whatever else became of a source, what it was to replace is all that there is of its meeting.
    put = {step.path for step in steps if step.action in ("add", "replace", "unchanged", "same text")}
    record = Record(settings.home)
    for outcome in outcomes:
        for old in outcome.replaces if outcome.path in put else ():
            with writing(settings.home):
                if str(old.resolve()) in record.known_sources():
                    sync.remove(record, str(old.resolve()), settings.chroma_sync_threshold)
            discard(old)
    return any(step.action == "skip" for step in steps)
