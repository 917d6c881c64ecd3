// What can be done with an answer: a look at a source without leaving the words, copying, keeping, files, a word on it.
(() => {
  "use strict";
  const APART = 6; // pixels between a number and its preview
  const LEAVES = 300; // milliseconds in which the pointer may move from one to the other

  // The preview of a citation: shown by the pointer or by keyboard focus, and gone with Escape.
  let preview = null;
  let from = null;
  let leaving = 0;

  function made() {
    if (preview && preview.isConnected) return preview;
    preview = document.createElement("div");
    preview.id = "preview";
    preview.setAttribute("role", "tooltip");
    preview.hidden = true;
    document.querySelector(".gradio-container main")?.append(preview);
    preview.addEventListener("pointerenter", () => clearTimeout(leaving));
    preview.addEventListener("pointerleave", leave);
    return preview;
  }

  function part(kind, words) {
    const line = document.createElement("p");
    line.className = kind;
    line.textContent = words;
    return line;
  }

  function show(cite) {
    const card = document.getElementById((cite.getAttribute("href") || "").slice(1));
    const quoted = (card?.querySelector("mark")?.textContent || "").split(/\s+/).join(" ").trim();
    clearTimeout(leaving);
    if (from && from !== cite) hide();
    from = cite;
    made().replaceChildren(part("from", cite.dataset.source || ""), ...(quoted ? [part("said", `“${quoted}”`)] : []));
    preview.hidden = false;
    cite.setAttribute("aria-describedby", "preview");
    place();
  }

  function place() {
    if (!from?.isConnected) return hide();
    const at = from.getBoundingClientRect();
    const own = preview.getBoundingClientRect();
    const below = at.bottom + APART + own.height <= innerHeight || at.top < own.height + APART;
    preview.style.top = `${below ? at.bottom + APART : at.top - APART - own.height}px`;
    const words = from.closest("#chat")?.getBoundingClientRect(); // the evidence beside them stays in sight
    const right = words && words.width > own.width ? words.right : document.documentElement.clientWidth - 8;
    preview.style.left = `${Math.max(8, Math.min(at.left, right - own.width))}px`;
  }

  function hide() {
    clearTimeout(leaving);
    from?.removeAttribute("aria-describedby");
    from = null;
    if (preview) preview.hidden = true;
  }

  function leave() {
    clearTimeout(leaving);
    leaving = setTimeout(() => from !== document.activeElement && hide(), LEAVES);
  }

  document.addEventListener("pointerover", (event) => {
    const cite = event.pointerType === "mouse" && event.target.closest?.("a.cite");
    if (cite) show(cite);
  });
  document.addEventListener("pointerout", (event) => event.target.closest?.("a.cite") && leave());
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("a.cite:focus-visible")) show(event.target);
    else if (from && !preview.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && from) hide();
  });
  addEventListener("scroll", () => from && place(), { capture: true, passive: true });
  addEventListener("resize", () => from && place());

  // What came of something is told in one place, which is read out; the same words twice are read twice.
  const TOLD = 20_000; // milliseconds
  let telling = 0;

  function tell(words) {
    const place = document.getElementById("came");
    if (!place) return;
    clearTimeout(telling);
    place.textContent = "";
    telling = setTimeout(() => {
      place.textContent = words;
      telling = setTimeout(() => (place.textContent = ""), TOLD);
    }, 60);
  }

  // Copies words and tells of it, behind what else is to be told.
  async function copy(words, told, before = "") {
    let done = true;
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      done = copied(words);
    }
    tell(`${before} ${done ? told : facts().failed}`.trim());
  }

  // What is told of copying stands in the page, with its other words.
  function facts() {
    return document.getElementById("opinion").dataset;
  }

  // Where the page is not served safely, a browser lets it copy only what is selected.
  function copied(words) {
    const held = document.createElement("textarea");
    const focused = document.activeElement;
    held.value = words;
    held.className = "unseen";
    document.querySelector(".gradio-container").append(held);
    held.select();
    const done = document.execCommand("copy");
    held.remove();
    focused?.focus({ preventScroll: true });
    return done;
  }

  function save(name, data) {
    const link = document.createElement("a");
    link.download = name;
    link.href = `data:application/octet-stream;base64,${data}`;
    link.click();
  }

  // Gradio answers to its own buttons alone: a hidden one is pressed, and takes from here what is wanted.
  function press(button, wanted) {
    window.onrecord = wanted;
    document.querySelector(button)?.click();
  }

  function box() {
    return document.querySelector("#question textarea, #question input");
  }

  function ask(words) {
    press("#say", { ask: words });
    box()?.focus({ preventScroll: true });
  }

  function opinion(button) {
    const held = document.getElementById("opinion");
    held.querySelector(".kind").textContent = button.textContent;
    held.querySelector("textarea").value = "";
    held.returnValue = "";
    held.showModal();
    held.querySelector("textarea").focus();
    held.onclose = () => {
      const words = held.querySelector("textarea").value.trim();
      if (held.returnValue === "send") press("#turn-act", { act: `${button.dataset.act} ${button.dataset.of} ${words}` });
    };
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-act]");
    if (!button) return;
    const { act, of } = button.dataset;
    if (act === "copy") copy(button.closest(".after").querySelector(".as-text").textContent, facts().copied);
    else if (act === "link") copy(new URL(of, location.href).href, facts().link);
    else if (act === "print") print();
    else if (act === "ask") ask(button.textContent);
    else if (act === "helpful" || act === "unhelpful") opinion(button);
    else if (act === "again") {
      press("#again button", { again: of });
      box()?.focus({ preventScroll: true });
    } else if (["keep", "word", "markdown", "edit", "leave"].includes(act)) press("#turn-act", { act: `${act} ${of}` });
  });

  document.addEventListener("onrecord", (event) => {
    const came = JSON.parse(event.detail || "{}");
    if (came.file) save(came.file, came.data);
    if (came.focus) box()?.focus();
    if (came.copy) copy(new URL(came.copy, location.href).href, facts().link, came.told);
    else tell(came.told || "");
  });

  window.onrecordAsk = { ask, tell }; // for the earlier questions
})();
