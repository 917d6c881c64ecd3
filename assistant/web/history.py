"""What the page's script fills: the questions that the browser keeps, and the box for a word on an answer."""

from __future__ import annotations

from assistant.web.texts import ask as texts


def history() -> str:
    """Earlier questions, which only the browser knows: shown by the script, where the browser can keep any."""
    return (
        f'<details id="earlier" hidden><summary>{texts.HISTORY}</summary><p class="hint">{texts.HISTORY_MEANS}</p>'
        f'<p><label><input type="checkbox" id="keep-questions"> {texts.HISTORY_ON}</label></p>'
        f'<p class="none">{texts.HISTORY_EMPTY}</p><ol></ol>'
        f'<p><button type="button" class="tool" data-act="forget-all" data-told="{texts.ALL_DELETED}">'
        f"{texts.DELETE_ALL}</button></p>"
        f'<template><li><details class="one"><summary></summary><p class="words"></p></details><div class="tools">'
        f'<button type="button" class="tool" data-act="ask-earlier">{texts.AGAIN}</button>'
        f'<button type="button" class="tool" data-act="forget" data-told="{texts.DELETED}">{texts.DELETE}</button>'
        "</div></li></template></details>"
    )


def opinion() -> str:
    """The box that a thumb opens: what is stored is said before it is sent."""
    return (
        f'<dialog id="opinion" aria-labelledby="opinion-name" aria-describedby="opinion-means" '
        f'data-copied="{texts.COPIED}" data-link="{texts.LINK_COPIED}" data-failed="{texts.NOT_COPIED}">'
        f'<form method="dialog"><h2 id="opinion-name">{texts.OPINION}</h2><p class="kind"></p>'
        f'<label for="opinion-reason">{texts.REASON}</label>'
        f'<textarea id="opinion-reason" rows="3" maxlength="1000"></textarea>'
        f'<p class="hint" id="opinion-means">{texts.OPINION_STORED}</p><p class="acts">'
        f'<button class="act primary" value="send">{texts.SEND}</button>'
        f'<button class="act" value="cancel" formnovalidate>{texts.CANCEL}</button></p></form></dialog>'
    )
