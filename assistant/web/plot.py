"""A subject's mentions by month, drawn: a small plot for each year on one scale, and the same figures as a table.

A month without a meeting on record has no base line: it is not the same as one whose meetings did not mention it.
"""

from __future__ import annotations

from html import escape
from itertools import groupby

from assistant.mentioned import Timeline
from assistant.web import months
from assistant.web.texts import timeline as texts

TOP, BASE = 18, 70  # pixels from the top: the line that stands for the most, and the base line
WIDTH = 100 / 12  # per cent of the plot that a month takes


def plot(found: Timeline) -> str:
    """The plot of what was found, with its key and its table; nothing where no meeting has a date."""
    counts = {months.number(*month): count for month, count in found.by_month.items()}
    if not counts:
        return ""
    most = max(counts.values())
    years = range(months.year(min(counts)), months.year(max(counts)) + 1)
    panels = ""
    for mute, some in groupby(years, key=lambda year: not any(counts[m] for m in counts if months.year(m) == year)):
        these = list(some)
        # One year without a mention is drawn like the others; several, or one without a meeting, are told in a line.
        told = mute and (len(these) > 1 or not any(months.year(month) in these for month in counts))
        panels += _mute(found, these) if told else "".join(_year(year, counts, most) for year in these)
    return f'<div class="years">{panels}</div>{_key(most)}{_table(found, counts)}'


def _year(year: int, counts: dict[int, int], most: int) -> str:
    first = months.number(year, 1)
    drawn = "".join(_month(month - first, counts[month], most) for month in range(first, first + 12) if month in counts)
    letters = "".join(
        f'<text x="{(at + 0.5) * WIDTH:.2f}%" y="{BASE + 18}">{months.alone(at)[0]}</text>' for at in (0, 3, 6, 9)
    )
    return (
        '<figure class="year">'
        f'<svg role="img" aria-label="{escape(_said(year, counts))}" width="100%" height="{BASE + 22}">'
        f'<line class="scale" x1="0" x2="100%" y1="{TOP}" y2="{TOP}"/><text class="most" x="100%" y="{TOP - 5}">{most}'
        f"</text>{drawn}{letters}</svg><figcaption>{year}</figcaption></figure>"
    )


def _month(at: int, count: int, most: int) -> str:
    """The base line of a month that has a meeting on record, and the bar of its mentions."""
    left = f"{at * WIDTH + 0.9:.2f}%"
    base = f'<rect class="met" x="{left}" y="{BASE}" width="{WIDTH - 1.8:.2f}%" height="3"/>'
    if not count:
        return base
    height = max(4.0, (BASE - TOP) * count / most)
    bar = f'<rect class="bar" x="{left}" y="{BASE - height:.1f}" width="{WIDTH - 1.8:.2f}%" height="{height:.1f}"/>'
    return bar + base


def _said(year: int, counts: dict[int, int]) -> str:
    """The year's plot in words."""
    here = {month: count for month, count in counts.items() if months.year(month) == year}
    said = [texts.MONTH_COUNT.format(month=months.alone(m), count=count) for m, count in here.items() if count]
    if none := [months.alone(month) for month, count in here.items() if not count]:
        said.append(texts.NO_MENTION_IN.format(months=", ".join(none)))
    first = months.number(year, 1)
    silent = [months.alone(month) for month in range(first, first + 12) if month not in here]
    words = texts.YEAR_ALT.format(year=year, counts=", ".join(said))
    return f"{words} {texts.SILENT_ALT.format(months=', '.join(silent))}." if silent else words


def _mute(found: Timeline, years: list[int]) -> str:
    """Years without a mention, told apart from years without a meeting."""
    meetings = sum(count for month, count in found.months.items() if month[0] in years)
    if not meetings:
        words = texts.SILENT_YEARS.format(years=_years(years))
    else:
        met = texts.ONE_MEETING if meetings == 1 else texts.MANY_MEETINGS.format(count=meetings)
        words = texts.NO_MENTION_YEARS.format(years=_years(years), meetings=met)
        if none := [year for year in years if all(month[0] != year for month in found.months)]:
            words += f"; {texts.NONE_IN.format(years=', '.join(map(str, none)))}"
    return f'<p class="mute">{words}</p>'


def _years(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _key(most: int) -> str:
    passages = texts.ONE_PASSAGE if most == 1 else texts.PASSAGES.format(count=most)
    mentions = texts.KEY_MENTIONS.format(most=passages)
    keys = (("bar", mentions), ("met", texts.KEY_NONE), ("none", texts.KEY_SILENT))
    return "".join(
        ('<ul class="key">', *(f'<li><i class="{kind}"></i>{escape(words)}</li>' for kind, words in keys), "</ul>")
    )


def _table(found: Timeline, counts: dict[int, int]) -> str:
    met = {months.number(*month): count for month, count in found.months.items()}
    rows = {m: f"<td>{met[m]}</td><td>{count}</td>" for m, count in counts.items()}
    named = {m: months.name(m) for m in counts}
    for first, last in months.gaps(counts):
        rows[first] = f'<td colspan="2">{texts.NONE_ON_RECORD}</td>'
        named[first] = months.span(first, last)
    body = "".join(f'<tr><th scope="row">{named[m]}</th>{rows[m]}</tr>' for m in sorted(rows))
    heads = "".join(f'<th scope="col">{words}</th>' for words in (texts.MONTH, texts.MEETINGS, texts.MENTIONS))
    return (
        f"<details><summary>{texts.TABLE}</summary><table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></details>"
    )
