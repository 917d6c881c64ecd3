// The operators' page: files are sent one after another, and an entry's own button presses Gradio's.
(() => {
  "use strict";
  const at = (id) => document.getElementById(id);
  let sent = ""; // the folder on the server that the chosen files are in

  function told(words, share) {
    const place = at("uploading");
    const line = document.createElement("p");
    line.className = share === undefined ? "told failed" : "told";
    line.textContent = words;
    if (share !== undefined) {
      const bar = document.createElement("progress");
      bar.max = 1;
      bar.value = share;
      line.append(" ", bar);
    }
    place.replaceChildren(...(words ? [line] : []));
  }

  function send(file, batch, sentBefore, all) {
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      const words = at("uploading").dataset.words.replace("{name}", file.name);
      request.open("POST", `/operate/upload?${new URLSearchParams({ name: file.name, batch })}`);
      request.upload.onprogress = (event) => told(words, (sentBefore + event.loaded) / all);
      request.onerror = () => failed(new Error());
      request.onload = () => {
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch { /* no JSON: told below */ }
        if (request.status === 200) done(answer.batch);
        else failed(new Error(answer.error || ""));
      };
      told(words, sentBefore / all);
      request.send(file);
    });
  }

  // Sends what is chosen, unless it was sent already; gives the name of its folder, or nothing.
  window.onrecordUpload = async () => {
    const files = [...at("upload").files];
    if (sent || !files.length) return sent;
    const all = files.reduce((sum, file) => sum + file.size, 0) || 1;
    let batch = "", before = 0;
    try {
      for (const file of files) {
        batch = await send(file, batch, before, all);
        before += file.size;
      }
    } catch (error) {
      told(error.message || at("uploading").dataset.wrong);
      return "failed";
    }
    told("");
    sent = batch;
    return sent;
  };

  document.addEventListener("change", (event) => {
    if (event.target.id === "upload") sent = "";
  });

  // The same file, chosen again, is a change too: it may have been deleted here meanwhile.
  document.addEventListener("click", (event) => {
    if (event.target.id === "upload") event.target.value = "";
  });

  // Once it is shown, a button takes the focus.
  function focused(id, tries = 40) {
    const button = at(id);
    if (button?.offsetParent) button.focus();
    else if (tries) setTimeout(focused, 50, id, tries - 1);
  }

  document.addEventListener("click", (event) => {
    const entry = event.target.closest("button[data-press]");
    if (entry) {
      const name = entry.dataset.press;
      window.onrecord = { pressed: entry.dataset.value };
      at(`${name}-press`)?.click();
      focused(`${name}-no`);
    } else if (event.target.closest("#put, #discard")) {
      // What was chosen is dealt with: the same files, chosen again, are sent again.
      if (at("upload")) at("upload").value = "";
      sent = "";
      at("upload")?.focus({ preventScroll: true });
    } else if (event.target.closest("#remove-yes, #remove-no")) {
      document.querySelector("#find :is(input, textarea)")?.focus({ preventScroll: true });
    } else if (event.target.closest("#note-yes, #note-no")) {
      at("notes-tab-button")?.focus({ preventScroll: true });
    }
  });
})();
