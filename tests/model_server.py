"""Language models that are none: a server on this machine that replays what Ollama, OpenAI and Anthropic document.

It keeps what it was sent. `fault` makes it fail as real ones do.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Fault = Literal["", "500", "404", "401", "429", "cut", "malformed", "silent"]


@dataclass
class ModelServer:
    """Answers every chat with `says`, a few characters at a time. `asked` holds the requests' bodies, in order."""

    says: str = ""
    fault: Fault = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""
    released: threading.Event = field(default_factory=threading.Event)

    def pieces(self) -> list[str]:
        return [self.says[at : at + 7] for at in range(0, len(self.says), 7)]


def ollama(server: ModelServer, at: int, piece: str, last: bool) -> bytes:
    """https://docs.ollama.com/api/chat: one JSON object a line."""
    line: dict[str, Any] = {
        "model": "small", "created_at": "2026-11-22T10:00:00Z", "done": last,
        "message": {"role": "assistant", "content": piece},
    }  # fmt: skip
    if last:
        line |= {"done_reason": "stop", "total_duration": 1, "prompt_eval_count": 5, "eval_count": at}
    return json.dumps(line).encode() + b"\n"


def openai(server: ModelServer, at: int, piece: str, last: bool) -> bytes:
    """https://platform.openai.com/docs/api-reference/chat-streaming: events that hold chunks, then [DONE]."""
    delta = {"content": piece} if piece else {}
    choice = {"index": 0, "delta": delta, "finish_reason": "stop" if last else None}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "small", "choices": [choice]}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n" + (b"data: [DONE]\n\n" if last else b"")


def anthropic(server: ModelServer, at: int, piece: str, last: bool) -> bytes:
    """https://docs.claude.com/en/docs/build-with-claude/streaming: named events around the deltas of a block."""

    def event(name: str, **facts: Any) -> bytes:
        return f"event: {name}\ndata: {json.dumps({'type': name, **facts})}\n\n".encode()

    begun = b""
    if at == 0:
        message = {
            "id": "m", "type": "message", "role": "assistant", "content": [], "model": "claude-sonnet-4-5",
            "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": 5, "output_tokens": 1},
        }  # fmt: skip
        block = {"type": "text", "text": ""}
        begun = event("message_start", message=message) + event("content_block_start", index=0, content_block=block)
    if not last:
        return begun + event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
    stopped = {"stop_reason": "end_turn", "stop_sequence": None}
    ends = event("message_delta", delta=stopped, usage={"output_tokens": at}) + event("message_stop")
    return begun + event("content_block_stop", index=0) + ends


PROTOCOLS = {"/api/chat": ollama, "/v1/chat/completions": openai, "/v1/messages": anthropic}

MALFORMED = {
    "/api/chat": b'{"message": {"role": \n',
    "/v1/chat/completions": b'data: {"choices": [{\n\n',
    "/v1/messages": b'event: content_block_delta\ndata: {"type": "content_block_delta", \n\n',
}


@contextlib.contextmanager
def serving(says: str = "", fault: Fault = "") -> Iterator[ModelServer]:
    """A server that speaks all three protocols, until the block ends."""
    model = ModelServer(says, fault)

    class Request(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            model.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            write = PROTOCOLS[self.path]
            if model.fault.isdigit():
                self._fail(int(model.fault))
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/x-ndjson" if write is ollama else "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            parts = [*model.pieces(), ""]
            for at, piece in enumerate(parts):
                if model.fault and at == len(parts) // 2:
                    if model.fault == "silent":
                        model.released.wait(60)
                    if model.fault != "malformed":
                        self.close_connection = True
                        return  # without the last chunk: cut
                    self._chunk(MALFORMED[self.path])
                self._chunk(write(model, at, piece, at == len(parts) - 1))
            self._chunk(b"")

        def _fail(self, status: int) -> None:
            body = json.dumps({"error": {"type": "error", "message": "no"}, "type": "error"}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _chunk(self, data: bytes) -> None:
            with contextlib.suppress(OSError):  # the client may have left
                self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
                self.wfile.flush()

        def log_message(self, *_: Any) -> None:
            pass

    served = ThreadingHTTPServer(("127.0.0.1", 0), Request)
    served.daemon_threads = True
    Request.protocol_version = "HTTP/1.1"
    threading.Thread(target=served.serve_forever, daemon=True).start()
    model.url = f"http://127.0.0.1:{served.server_port}"
    try:
        yield model
    finally:
        model.released.set()
        served.shutdown()
        served.server_close()
