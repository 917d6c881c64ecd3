"""What people keep of answers: as it was, whatever comes later, and honest about what became of its sources."""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import re
import zipfile
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import docx
import lxml.html
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, answer_from_json
from assistant.answer_exports import answers_markdown, answers_word
from assistant.compose import answer_text, cite
from assistant.quote import Quotation
from assistant.since import since
from assistant.web.addresses import passage_address
from assistant.web.pages import kept as pages
from corpus.errors import UserError
from corpus.feedback import LONGEST, REASON, Feedback
from corpus.kept import LARGEST, Kept, revision_of
from corpus.people import Anchor, People
from corpus.records import Filters, Record, Searched
from corpus.sentences import sentences
from corpus.weights import Embedder
from tests.examples import SCANNED, write
from tests.helpers import onrecord, put_on_record, take_off_record
from tests.test_corrections import AMENDMENT, JUNE, MAY

DATES = st.none() | st.dates()
PLAIN = st.builds(Citation, date=DATES, corrected_by=st.none())
CITATIONS = st.lists(st.builds(Citation, date=DATES, corrected_by=st.none() | PLAIN), max_size=3).map(tuple)
ANSWERS = st.builds(
    Answer,
    searched=st.builds(Searched, first=DATES, last=DATES, unnamed=st.just(0)),
    citations=CITATIONS,
    nearest=CITATIONS,
    removed=st.lists(st.dictionaries(st.text(), st.text(), max_size=2), max_size=2).map(tuple),
    seconds=st.dictionaries(st.text(), st.floats(allow_nan=False), max_size=2),
)


@settings(max_examples=60, deadline=None)
@given(answer=ANSWERS)
def test_an_answer_comes_back_from_its_json_as_it_was(answer: Answer) -> None:
    assert answer_from_json(json.loads(json.dumps(answer.to_json()))) == answer


def test_what_is_kept_is_found_under_its_id_alone_and_can_be_forgotten(home: Path) -> None:
    kept = Kept(home)
    assert kept.all() == []
    assert kept.find("x" * 16) is None
    assert not home.exists(), "to look for an answer must store nothing"
    told = {"question": "Who mends the weir?", "mode": "quotes"}
    key = kept.keep([told], "2025-03-04 7")
    found = kept.find(key)
    assert found is not None
    assert found.answers == (told,)
    assert found.index_date == dt.date(2025, 3, 4)
    assert found.modes == ("quotes",)
    assert kept.find(key[:-1]) is None
    assert kept.find("%" * 16) is None
    listed = onrecord("kept", "--home", home)
    assert key in listed.out
    assert "Who mends the weir?" in listed.out
    assert onrecord("kept", "--forget", "nothing-like-this", "--home", home).status == 2
    assert onrecord("kept", "--forget", key, "--home", home).status == 0
    assert kept.find(key) is None
    assert "No answer is kept" in onrecord("kept", "--home", home).out


def test_more_than_can_be_kept_is_refused_in_words(home: Path) -> None:
    with pytest.raises(UserError, match="no answer to keep"):
        Kept(home).keep([], None)
    with pytest.raises(UserError, match="one by one"):
        Kept(home).keep([{"question": "x" * LARGEST}], None)
    assert Kept(home).all() == []


def test_when_the_file_is_full_no_more_is_kept_until_something_is_forgotten(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.kept.FULL", 1_000_000)
    long = [{"question": "x" * 800_000}]
    key = Kept(home).keep(long, None)
    with pytest.raises(UserError, match="No more answers can be kept here"):
        Kept(home).keep(long, None)
    assert Kept(home).forget(key)
    assert Kept(home).keep(long, None)


def test_feedback_is_listed_and_deleted(home: Path) -> None:
    opinions = Feedback(home)
    opinions.add(False, "  not\nwhat I [bold]asked \x1b[31m", "Who mends the weir?", "answered", "y" * 30_000)
    opinions.add(True, "", "When?", "not_on_record", "")
    with pytest.raises(UserError, match="shorten"):
        opinions.add(True, "x" * (REASON + 1), "", "", "")
    assert [one.helpful for one in opinions.all()] == [False, True]
    assert len(opinions.all()[0].answer) == LONGEST["answer"]
    listed = onrecord("feedback", "--home", home).out
    assert "[bold]" in listed
    assert "\x1b" not in listed
    lines = [json.loads(line) for line in onrecord("feedback", "--json", "--home", home).out.splitlines()]
    assert lines[1]["question"] == "When?"
    assert onrecord("feedback", "--clear", "--home", home).out == "Deleted: 2.\n"
    assert "Nobody has said" in onrecord("feedback", "--home", home).out


QUESTION = "What will the bank at Nine Acre Meadow cost?"
COST = "its cost had risen to £1.4 million"


@dataclass
class Keeping:
    """A record of one meeting, an answer from it that somebody kept, and the page's own doors to it."""

    record: Record
    embedder: Embedder
    path: Path
    id: str
    answer: Answer
    client: TestClient

    def shown(self) -> str:
        """What the page says, as a person reads it."""
        response = self.client.get(f"/kept/{self.id}")
        assert response.status_code == 200
        return " ".join(lxml.html.fromstring(response.text).xpath("string(//main)").split())

    def replaced(self, old: str, new: str) -> None:
        write(self.path.parent, self.path.name, MAY.replace(old, new))
        assert put_on_record(self.record, self.embedder, self.path) == {self.path.name: "replace"}


def visiting(record: Record) -> TestClient:
    """Somebody with a browser, and the pages of what is kept."""
    app = FastAPI()
    app.include_router(pages.router)
    app.state.record = record
    return TestClient(app, "http://127.0.0.1")


def answered(record: Record) -> Answer:
    """What the whole way from the question gives, where it finds this passage; without its models."""
    passage = record.passages(record.find_words([COST], Filters(), 1))[0]
    citations = cite([Quotation(passage, sentences(passage.text)[0], 1.0)], record)
    assert COST in citations[0].quote
    bounds = record.searched(Filters())
    return Answer(QUESTION, QUESTION, "answered", answer_text(citations), bounds, citations=citations)


@pytest.fixture
def keeping(home: Path, embedder: Embedder, tmp_path: Path) -> Keeping:
    record, path = Record(home), write(tmp_path, "may.txt", MAY)
    put_on_record(record, embedder, path)
    answer = answered(record)
    key = Kept(home).keep([answer.to_json()], revision_of(record))
    return Keeping(record, embedder, path, key, answer, visiting(record))


def test_a_kept_answer_is_shown_as_it_was_with_where_it_came_from(keeping: Keeping) -> None:
    shown = keeping.shown()
    today = dt.datetime.now(dt.UTC).date()
    for words in (
        QUESTION,
        COST,
        "Head of Streets",
        "Quillbeck Borough Council, Cabinet, 15 May 2025",
        f"{today:%B %Y}",
    ):
        assert words in shown
    assert "The minutes’ own" in shown
    assert "since then" not in shown.lower()
    response = keeping.client.get(f"/kept/{keeping.id}")
    cost = keeping.answer.citations[0]
    assert escape(passage_address(cost)) in response.text
    assert "noindex" in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_a_changed_document_does_not_change_what_was_kept_but_is_told_of(keeping: Keeping) -> None:
    keeping.replaced("£1.4 million", "£14 million")
    shown = keeping.shown()
    assert COST in shown
    assert "£14 million" not in shown
    assert "no longer on record" in shown
    assert "no longer on record" in keeping.client.get(f"/kept/{keeping.id}.md").text


def test_words_that_are_now_part_of_other_words_are_not_on_record(keeping: Keeping) -> None:
    cost = replace(keeping.answer.citations[0], quote=COST)
    assert since(cost, keeping.record).on_record
    keeping.replaced("its cost had risen to £1.4 million", "its cost had risen to £1.4 millions")
    assert not since(cost, keeping.record).on_record
    keeping.replaced("its cost had risen to £1.4 million", "without its, cost had — risen to £1.4 million")
    assert since(cost, keeping.record).on_record
    keeping.replaced("its cost had risen to £1.4 million", "the deposits cost had risen to £1.4 million")
    assert not since(cost, keeping.record).on_record


def test_the_same_words_in_a_replaced_document_are_led_to_where_they_stand_now(keeping: Keeping) -> None:
    keeping.replaced("Apologies were received", "Good wishes, and apologies for absence, were received")
    shown = keeping.shown()
    assert "no longer on record" not in shown
    cost = keeping.answer.citations[0]
    offset = len("Good wishes, and apologies for absence, were") - len("Apologies were")
    now = replace(cost, start=cost.start + offset, end=cost.end + offset)
    assert escape(passage_address(now)) in keeping.client.get(f"/kept/{keeping.id}").text


def test_a_removed_document_leaves_the_quotation_and_a_word_that_it_is_gone(keeping: Keeping) -> None:
    take_off_record(keeping.record, keeping.path)
    shown = keeping.shown()
    assert COST in shown
    assert "These words are no longer on record." in shown
    assert "/passage/" not in keeping.client.get(f"/kept/{keeping.id}").text


def test_a_correction_that_came_later_stands_beside_the_kept_words(keeping: Keeping) -> None:
    june = write(keeping.path.parent, "june.txt", JUNE.format(amendment=AMENDMENT))
    put_on_record(keeping.record, keeping.embedder, june)
    assert f"Since then: Later minutes have put this right: “{AMENDMENT}”" in keeping.shown()
    word = io.BytesIO(keeping.client.get(f"/kept/{keeping.id}.docx").content)
    assert any("Later minutes have put this right" in p.text for p in docx.Document(word).paragraphs)


def test_withdrawn_words_are_blanked_wherever_people_kept_them(keeping: Keeping) -> None:
    home, cost = keeping.record.home, keeping.answer.citations[0]
    anchor = Anchor(cost.quote, cost.council, cost.committee, cost.date, cost.item)
    People(home).add(anchor, "in hand", "I will ask again", "Jo Tolley")
    Feedback(home).add(True, "clear", QUESTION, "answered", keeping.answer.answer)
    Feedback(home).add(True, "", "Who is in the chair?", "not_on_record", "Not on record.")
    unrelated = hostile_answer().to_json()
    other = Kept(home).keep([unrelated], None)
    done = onrecord("remove", "--withdraw", keeping.path.name, "--home", home)
    assert done.status == 0
    assert "1 kept page, 1 note, 1 opinion" in done.out
    shown = keeping.shown()
    assert QUESTION in shown
    assert "These words were withdrawn" in shown
    held = (home / "people.sqlite").read_bytes()
    assert COST.encode() not in held
    assert [one.answer for one in Feedback(home).all()] == ["(withdrawn)", "Not on record."]
    assert "I will ask again" in (listed := onrecord("notes", "--home", home)).out
    assert "withdrawn" in listed.out
    for kind in ("md", "docx"):
        assert keeping.client.get(f"/kept/{keeping.id}.{kind}").status_code == 200
    assert (found := Kept(home).find(other)) is not None
    assert found.answers == (unrelated,)
    assert onrecord("ask", QUESTION, "--home", home).status == 2  # nothing is on record now
    again = onrecord("remove", "--withdraw", cost.document_id, "--home", home)
    assert (again.status, "off the record already" in again.out) == (0, True)


def test_withdrawn_words_that_people_typed_are_blanked_also_when_the_document_was_removed_before(
    keeping: Keeping,
) -> None:
    home, cost = keeping.record.home, keeping.answer.citations[0]
    asked = replace(keeping.answer, question=f"Is it true that {cost.quote}", standalone_question=cost.quote)
    key = Kept(home).keep([asked.to_json()], None)
    People(home).add(Anchor("Another matter", None, None, None, None), None, f'It says "{COST}".', "Jo Tolley")
    Feedback(home).add(True, f"Not so: “{COST}”", QUESTION, "answered", "")
    take_off_record(keeping.record, keeping.path)
    done = onrecord("remove", "--withdraw", cost.document_id, "--home", home)
    assert (done.status, "2 kept pages, 1 note, 1 opinion" in done.out) == (0, True)
    assert "Only words that kept pages quote" in done.out
    assert (found := Kept(home).find(key)) is not None
    assert found.answers[0]["question"] == "(withdrawn)"
    assert "Another matter" in onrecord("notes", "--home", home).out
    assert COST.encode() not in (home / "people.sqlite").read_bytes()


def test_withdrawn_words_are_in_no_file_and_no_backup(keeping: Keeping, tmp_path: Path) -> None:
    home, words = keeping.record.home, COST.encode()
    put_on_record(keeping.record, keeping.embedder, write(tmp_path, "licensing.txt", SCANNED))
    assert any(words in path.read_bytes() for path in home.glob("record.sqlite*"))
    assert onrecord("remove", "--withdraw", keeping.path.name, "--home", home).status == 0
    assert not [path for path in home.rglob("*") if path.is_file() and words in path.read_bytes()]
    # Full text has single words, and only marks them as gone when their passage leaves.
    assert not [path for path in home.glob("record.sqlite*") if b"cabinet" in path.read_bytes().lower()]
    assert onrecord("backup", tmp_path / "backup.zip", "--home", home).status == 0
    with zipfile.ZipFile(tmp_path / "backup.zip") as whole:
        assert not [name for name in whole.namelist() if words in whole.read(name)]
    assert onrecord("status", "--home", home).status == 0


def test_an_unknown_address_gets_a_kind_word(keeping: Keeping) -> None:
    for address in (
        "/kept/AAAAAAAAAAAAAAAA",
        "/kept/..%2Fx",
        "/kept/AAAAAAAAAAAAAAAA.docx",
        f"/kept/{keeping.id.lower()}x",
    ):
        response = keeping.client.get(address)
        assert response.status_code == 404
        if "%2F" not in address:
            assert "Nothing is kept here" in response.text


HOSTILE = (
    "The fee was **£312** <script>window.hacked=1</script> [here](javascript:alert(1)) & `$x$` {{ value }} &amp; ~~so~~"
)


def hostile_answer() -> Answer:
    when = dt.date(2025, 3, 4)
    correction = Citation(1, "<b>£321</b>", "p", None, 0, 3, "june.md", "b" * 32, retrieved="2025-06-01", date=when)
    link = 'https://example.org/a_b?x="><script>&y=2'
    c = Citation(
        1, HOSTILE, HOSTILE, None, 0, 9, "<i>may</i>.md", "a" * 32, retrieved="2025-05-01", council="<u>Q</u>",
        date=when, item="Fees", speaker="<s>Mr X</s>", force="stated", verb="said", link=link, corrected_by=correction,
    )  # fmt: skip
    bounds = Searched(2, 3, ("<u>Q</u>",), when, when, 1)
    asked = "1. <img src=x onerror=hacked()> # fees?"
    return Answer(
        asked, asked, "answered", "x", bounds, citations=(c,), notice="*Probably*", removed=({"sentence": "s"},)
    )


def test_hostile_words_are_words_and_nothing_else(home: Path) -> None:
    answers = [hostile_answer(), replace(hostile_answer(), mode="prose", answer="It is <b>£312</b> [1], not [9].")]
    key = Kept(home).keep([one.to_json() for one in answers], None)
    client = visiting(Record(home))
    tree = lxml.html.fromstring(client.get(f"/kept/{key}").text)
    assert not tree.xpath("//main//script | //main//img | //main//b | //main//i | //main//u | //main//s")
    assert not tree.xpath("//@style | //a[starts-with(@href, 'javascript')]")
    assert HOSTILE in tree.xpath("string(//main)")
    assert "A conversation" in tree.xpath("string(//h1)")
    markdown = client.get(f"/kept/{key}.md").text
    assert "<script" not in markdown
    assert "<img" not in markdown
    assert not re.search(r"(?<!\\)[*`$~\[]", markdown)


def test_the_files_hold_every_quotation_with_its_source_hash_and_day() -> None:
    answer = hostile_answer()
    near = Answer("And?", "And the fee?", "not_on_record", "Not on record.", answer.searched, nearest=answer.citations)
    document = docx.Document(io.BytesIO(answers_word([answer, near])))
    words = [paragraph.text for paragraph in document.paragraphs]
    told = "\n".join(words)
    assert words.count(f"“{HOSTILE}” [1]") == 1
    assert words.count(f"“{HOSTILE}”") == 1
    for expected in ("a" * 32, "b" * 32, "2025-05-01", "2025-06-01", "Stated (“said”) by <s>Mr X</s>", "4 March 2025",
                     "Corrected later: “<b>£321</b>”", "*Probably*", "Understood as: And the fee?", "Not on record.",
                     "Searched: 2 documents, 3 meetings, March 2025 (1 undated)",
                     f"Exported on {dt.date.today().day} "):  # fmt: skip
        assert expected in told
    markdown = answers_markdown([answer, near])
    plain = html.unescape(re.sub(r"\\([^\w\s])", r"\1", markdown))
    assert plain.count(f"> “{HOSTILE}”") == 2
    assert "a" * 32 in markdown
    assert markdown.count("\n## ") == 2
