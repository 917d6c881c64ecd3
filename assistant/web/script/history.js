// Questions and answers of earlier visits, in this browser's own store and nowhere else.
(() => {
  "use strict";
  const STORE = "onrecord-earlier";
  const OFF = "onrecord-keep-none";
  const MOST = 50;
  const visit = `${Date.now()}-${Math.random().toString(36).slice(2)}`;

  const store = (() => {
    try {
      localStorage.setItem(OFF + "-tried", "1");
      localStorage.removeItem(OFF + "-tried");
      return localStorage;
    } catch {
      return null; // private windows, and browsers that are told to keep nothing
    }
  })();
  if (!store) return;

  function read() {
    try {
      const held = JSON.parse(store.getItem(STORE) || "[]");
      return Array.isArray(held) ? held.filter((one) => one && typeof one.question === "string") : [];
    } catch {
      return [];
    }
  }

  function write(held) {
    try {
      if (held.length) store.setItem(STORE, JSON.stringify(held.slice(0, MOST)));
      else store.removeItem(STORE);
    } catch {
      if (held.length > 1) write(held.slice(0, held.length >> 1)); // the store is full: the oldest go
    }
  }

  const deleted = new Set(); // turns that stand on the page still, and are not to come back

  function keep() {
    if (store.getItem(OFF)) return;
    const held = read();
    let changed = false;
    for (const words of document.querySelectorAll("#transcript .turn .as-text")) {
      const turn = words.closest(".turn");
      const asked = turn.querySelector("h2");
      const question = asked ? asked.textContent.slice(asked.querySelector(".unseen")?.textContent.length || 0) : "";
      const answer = words.textContent.slice(question.length).trim();
      const id = `${visit}-${turn.id}`;
      const known = held.find((one) => one.id === id);
      if (deleted.has(id) || (known && known.answer === answer)) continue;
      if (known) known.answer = answer;
      else held.unshift({ id, at: Date.now(), question, answer });
      changed = true;
    }
    if (changed) write(held);
    if (changed) show();
  }

  function show() {
    const fold = document.getElementById("earlier");
    if (!fold) return;
    fold.hidden = false;
    const list = fold.querySelector(":scope > ol");
    const held = read();
    fold.querySelector("#keep-questions").checked = !store.getItem(OFF);
    fold.querySelector(".none").hidden = held.length > 0;
    fold.querySelector("[data-act=forget-all]").hidden = !held.length;
    list.replaceChildren(
      ...held.map((one) => {
        const entry = fold.querySelector("template").content.cloneNode(true).firstElementChild;
        entry.dataset.id = one.id;
        entry.querySelector("summary").textContent = one.question;
        entry.querySelector(".words").textContent = one.answer;
        for (const button of entry.querySelectorAll("button")) {
          button.setAttribute("aria-label", `${button.textContent}: ${one.question}`);
        }
        return entry;
      })
    );
  }

  function forget(ids) {
    ids.forEach((id) => deleted.add(id));
    write(read().filter((one) => !ids.includes(one.id)));
    show();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#earlier button[data-act]");
    if (!button) return;
    const entry = button.closest("li");
    if (button.dataset.act === "ask-earlier") {
      window.onrecordAsk.ask(entry.querySelector("summary").textContent);
      return;
    }
    const next = entry?.nextElementSibling?.dataset.id;
    forget(entry ? [entry.dataset.id] : read().map((one) => one.id));
    const fold = document.getElementById("earlier");
    const place = next && fold.querySelector(`li[data-id="${CSS.escape(next)}"] [data-act=forget]`);
    (place || fold.querySelector("summary")).focus();
    window.onrecordAsk.tell(button.dataset.told);
  });

  document.addEventListener("change", (event) => {
    if (event.target.id !== "keep-questions") return;
    if (event.target.checked) store.removeItem(OFF);
    else store.setItem(OFF, "1");
    keep();
  });

  let soon = 0;
  new MutationObserver(() => {
    const fold = document.getElementById("earlier");
    if (fold?.hidden) show();
    clearTimeout(soon);
    soon = setTimeout(keep, 200);
  }).observe(document, { childList: true, subtree: true, characterData: true });
})();
