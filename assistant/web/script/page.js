// A citation brings up its passage: the passages of its answer are shown, the passage is marked and focused.
(() => {
  "use strict";
  const smooth = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  function target(link) {
    const at = link.getAttribute("href") || "";
    return at.startsWith("#") ? document.getElementById(at.slice(1)) : null;
  }

  function mark(card) {
    for (const other of document.querySelectorAll("#evidence .card.marked")) {
      other.classList.remove("marked");
      other.removeAttribute("aria-current");
    }
    const set = card.closest(".set");
    for (const other of document.querySelectorAll("#evidence .set")) other.hidden = other !== set;
    card.classList.add("marked");
    card.setAttribute("aria-current", "true");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start", behavior: smooth() });
  }

  function back(link, turn) {
    const card = link.closest(".card");
    const cite = turn.querySelector(`a.cite[href="#${card.id}"]`);
    if (!cite) return;
    cite.focus({ preventScroll: true });
    cite.scrollIntoView({ block: "center", behavior: smooth() });
  }

  // The first field of the tab that is shown.
  function first() {
    const fields = document.querySelectorAll("[role=tabpanel] :is(textarea, input:not([type=file], [type=checkbox]))");
    return [...fields].find((field) => field.checkVisibility()) || box();
  }

  function box() {
    return document.querySelector("#question textarea, #question input");
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a.cite, a.back, a.skip");
    if (link) {
      const found = link.matches(".skip") ? first() : target(link);
      event.preventDefault(); // the address keeps no trace of what was read
      if (!found) return;
      if (link.matches(".cite")) mark(found);
      else if (link.matches(".back")) back(link, found);
      else found.focus();
    } else if (event.target.closest("button.without")) {
      // Gradio answers to its own buttons alone: a hidden one is pressed, and takes from here what to leave out.
      window.onrecord = { again: event.target.closest("button.without").dataset.again };
      document.querySelector("#again button")?.click();
      box()?.focus({ preventScroll: true });
    } else if (event.target.closest("#stop, #clear, #examples button")) {
      // The button may go away: the focus stays in the page, where the next question is written.
      box()?.focus({ preventScroll: true });
    }
  });

  // A draft's file is read here, in the browser, and goes to the check as words: nothing is uploaded to be kept.
  document.addEventListener("change", (event) => {
    const file = event.target.id === "draft-file" && event.target.files[0];
    if (!file) return;
    const send = (draft) => {
      window.onrecord = { draft };
      document.querySelector("#draft-opened")?.click();
      event.target.value = ""; // the same file, chosen again, is read again
    };
    if (file.size > 10_000_000) return send("too large");
    const reader = new FileReader();
    reader.onload = () => send(`${file.name}:${String(reader.result).split(",")[1] || ""}`);
    reader.readAsDataURL(file);
  });

  // A plain page leads to a tab by its name behind #.
  function opened() {
    const name = location.hash.slice(1);
    const tab = /^[a-z-]+$/.test(name) && document.querySelector(`#tabs [role=tab]#${name}-tab-button`);
    if (tab) tab.click();
    return !!tab;
  }
  addEventListener("hashchange", opened);
  const waiting = location.hash && new MutationObserver(() => opened() && waiting.disconnect());
  if (waiting) waiting.observe(document, { childList: true, subtree: true });

  // Gradio's accordion does not say whether it is open.
  function accordion() {
    for (const fold of document.querySelectorAll("#filters, #noting")) {
      const button = fold.querySelector(":scope > button");
      const content = fold.querySelector("[data-testid=accordion-content]");
      const open = String(!!content && getComputedStyle(content).display !== "none");
      if (button && button.getAttribute("aria-expanded") !== open) button.setAttribute("aria-expanded", open);
    }
  }

  // A new question comes into view, and again when its answer has made room below it.
  let latest = "";
  new MutationObserver(() => {
    accordion();
    for (const place of document.querySelectorAll(".status:not([role])")) place.setAttribute("role", "status");
    const turns = document.querySelectorAll("#transcript .turn");
    const last = turns[turns.length - 1];
    const now = last ? last.id + !!last.querySelector(".answer") : "";
    if (last && now !== latest) last.scrollIntoView({ block: "start", behavior: smooth() });
    latest = now;
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["style"] });
})();
