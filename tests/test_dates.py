"""Dates in questions: those of meetings and of saying bound the search, those of events do not."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.dates import AFTERWARDS, Bounds, bounds, mentioned

TODAY = dt.date(2026, 5, 20)


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("what was agreed at the meeting in March 2025?", "2025-03-01", "2025-03-31"),
        ("what was said in 2023", "2023-01-01", "2023-12-31"),
        ("In 2023, what was promised?", "2023-01-01", "2023-12-31"),
        ("last year's meetings", "2025-01-01", "2025-12-31"),
        ("last year, what did the committee say about trees", "2025-01-01", "2025-12-31"),
        ("what did the council say this year", "2026-01-01", "2026-12-31"),
        ("what was said last month", "2026-04-01", "2026-04-30"),
        ("decided in the past two years", "2024-05-20", "2026-05-20"),
        ("what was said about bus route 14 since June 2024?", "2024-06-01", None),
        ("what was said since March", "2026-03-01", None),
        ("what was decided before March 2022 about trees", None, "2022-02-28"),
        ("what was said between 2021 and 2023", "2021-01-01", "2023-12-31"),
        ("meetings from January 2024 to March 2024", "2024-01-01", "2024-03-31"),
        ("what was decided in December", "2025-12-01", "2025-12-31"),
        ("the 3rd of April 2024 meeting", "2024-04-03", "2024-04-03"),
        ("the meeting on 03/04/2024", "2024-04-03", "2024-04-03"),
        ("minutes of 2024-04-03", "2024-04-03", "2024-04-03"),
        ("at the March meeting", "2026-03-01", "2026-03-31"),
    ],
)
def test_a_date_of_meetings_or_of_saying_bounds_them(question: str, low: str | None, high: str | None) -> None:
    assert bounds(question, TODAY) == Bounds(day(low), day(high))


@pytest.mark.parametrize(
    "question",
    [
        "what happened at the parents' event in March 2022?", "before March 2022", "how many were built in 2023",
        "between 2021 and 2023 how many were built", "in March 2022 the pool closed. what was said?",
        "What percentage of plans were done on time, last year and this year?", "may the meeting be moved",
        "what may be said", "what was said about the budget 2023/24", "planned for 40 minutes in 2023",
        "how many minutes in 2023 did it take", "did they march last year", "what was said about last year's accident",
        "what was decided on 31 February 2024", "did anyone ask about the march", "",
    ],
)  # fmt: skip
def test_a_date_of_anything_else_does_not(question: str) -> None:
    assert bounds(question, TODAY) is None


def test_since_bounds_by_itself_but_less_surely() -> None:
    assert bounds("How many houses have been built since 2023?", TODAY) == Bounds(dt.date(2023, 1, 1), None, sure=False)


def test_last_month_in_january_is_december() -> None:
    assert bounds("what was said last month", dt.date(2026, 1, 31)) == Bounds(
        dt.date(2025, 12, 1), dt.date(2025, 12, 31)
    )


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("how many were built in 2023", "2023-01-01", "2023-12-31"),
        ("did Kilbride traffic calming get the green light in September 2018?", "2018-09-01", "2018-09-30"),
        ("was the rate up between 2021 and 2023", "2021-01-01", "2023-12-31"),
        ("what has been done about it", None, None),
        ("has anything been built since 2023", "2023-01-01", None),
        ("was the roof sound before March 2022", None, "2022-02-28"),
        ("who paid the 2000 pounds", "2000-01-01", "2000-12-31"),  # wrong, and only makes those minutes likelier
    ],
)
def test_a_time_that_is_named_tells_about_when_the_meetings_were(
    question: str, low: str | None, high: str | None
) -> None:
    found, last = mentioned(question, TODAY), day(high)
    wanted = Bounds(day(low), last + dt.timedelta(AFTERWARDS) if last else None, sure=False)
    assert found == (wanted if low or high else None)
