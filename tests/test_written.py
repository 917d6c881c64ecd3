"""What a model writes, read as it comes: whole sentences and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.written import Written, read_written

FIRST = '{"sentence": "A \\"b\\".", "rests_on": [{"n": 1, "words": "of a b"}]}'
TWO = '{"sentences": [' + FIRST + ', {"sentence": "C.", "rests_on": []}]}'
ODD = '{"sentences": [{"sentence": 7, "rests_on": "x"}, {"sentence": "C.", "rests_on": [{"n": "1", "words": 2}]}]}'
LINES = 'The weir is shut. [1 "weir is shut"]\n- It stays so. [2: “it stays so”] [3 "so it stays"]\n'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TWO, [Written('A "b".', ((1, "of a b"),)), Written("C.")]),
        (f"```json\n{TWO}\n```", [Written('A "b".', ((1, "of a b"),)), Written("C.")]),
        (TWO[:-30], [Written('A "b".', ((1, "of a b"),))]),  # cut off
        (
            LINES,
            [
                Written("The weir is shut.", ((1, "weir is shut"),)),
                Written("It stays so.", ((2, "it stays so"), (3, "so it stays"))),
            ],
        ),
        ("NONE", []),
        ('{"sentences": []}', []),
        (ODD, [Written("C.")]),
        ("", []),
        ("```", []),
        ('{"answer": "no list"}', []),
        ("[" * 5_000, []),
    ],
)  # fmt: skip
def test_sentences_are_read_with_what_they_rest_on(text: str, found: list[Written]) -> None:
    assert list(read_written([text])) == found


@given(st.sampled_from([TWO, LINES]), st.lists(st.integers(1, 9), min_size=1, max_size=60))
def test_it_is_the_same_however_it_comes_in_pieces(text: str, sizes: list[int]) -> None:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(text[at : at + size])
        at += size
    assert list(read_written([*pieces, text[at:]])) == list(read_written([text]))


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    for one in read_written([text[:50], text[50:]]):
        assert one.sentence.strip()


def test_a_sentence_comes_as_soon_as_it_is_whole() -> None:
    taken = []

    def pieces() -> Iterator[str]:
        for at in range(0, len(TWO), 5):
            taken.append(at)
            yield TWO[at : at + 5]

    assert next(read_written(pieces())).sentence == 'A "b".'
    assert len(taken) < len(TWO) / 5 - 5
