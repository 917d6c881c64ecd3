// The day of the last visit to "What's new" is kept in this browser: its link asks for what came since.
(() => {
  "use strict";
  const KEY = "onrecord.visits"; // {last, before}: the latest day of a visit, and the latest before that

  function visited() {
    const now = new Date();
    const two = (n) => String(n).padStart(2, "0");
    const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "{}");
      const visits = kept.last === today ? kept : { last: today, before: kept.last };
      localStorage.setItem(KEY, JSON.stringify(visits));
      return /^\d{4}-\d\d-\d\d$/.test(visits.before) ? visits.before : "";
    } catch {
      return ""; // a browser may keep nothing
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const place = document.querySelector(".last-visit");
    const before = place && visited();
    if (!before) return;
    const asked = new URLSearchParams(location.search);
    asked.set("since", before);
    asked.delete("shown");
    const link = place.querySelector("a");
    link.href = `/new?${asked}`;
    const day = new Date(`${before}T12:00:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    link.textContent = place.dataset.words.replace("{date}", day);
    place.hidden = false;
  });
})();
