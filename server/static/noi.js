// Small helps for pages that all work without script: focus, typing into "another time", drafts.

const summary = document.getElementById("error-summary");
if (summary) summary.focus();

// Whoever types a date means another time than now.
for (const other of document.querySelectorAll("input[data-when-typed]")) {
  const field = other.closest("fieldset");
  field.addEventListener("input", (event) => {
    if (event.target.type !== "radio" && event.target.value !== "") other.checked = true;
  });
}

// A document of the file is known by its hash: it is counted here, the file stays on the device.
const chooser = document.querySelector("[data-hashes-file]");
if (chooser && window.crypto?.subtle) {
  chooser.hidden = false;
  chooser.querySelector("input").addEventListener("change", (event) => fillInDocument(event.target.files[0]));
}

async function fillInDocument(file) {
  if (!file) return;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  const fields = {
    name: file.name,
    media_type: file.type || "application/octet-stream",
    size: file.size,
    sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
  for (const [name, value] of Object.entries(fields)) {
    document.querySelector(`form.form [name="${name}"]`).value = value;
  }
}

// What is typed is kept as a draft: a moment after it was typed, and when the page is left, however
// soon. A form that is opened while such a saving is on its way waits for it.
const form = document.querySelector("form[data-draft]");
if (form) keepDrafts(form);

function keepDrafts(form) {
  const pause = 1000;
  // What a browser still sends for a page that is gone, in bytes.
  const most = 60000;
  const status = form.querySelector(".draft-status");
  const kept = `noi-draft ${form.dataset.draft}`;
  const page = form.elements._page.value;
  let changed = false;
  let unsaved = "";
  let timer = 0;
  let running = null;

  // Vietnamese as it is: written in per cent it would be three times as long.
  const plain = (text) => text.replace(/[%&=+#\s\x00-\x1f]/g, encodeURIComponent);
  function typed(saving) {
    const fields = [...new FormData(form), ["_saving", String(saving)]];
    return fields.map(([name, value]) => `${plain(name)}=${plain(value)}`).join("&");
  }

  async function save() {
    clearTimeout(timer);
    if (!changed) return;
    changed = false;
    if (running) running.abort();
    const mine = new AbortController();
    running = mine;
    const saving = Date.now();
    const mark = `${page}:${saving}`;
    unsaved = mark;
    const body = new Blob([typed(saving)], { type: "application/x-www-form-urlencoded" });
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST", body, keepalive: body.size < most, signal: mine.signal,
      });
      if (!answer.ok) throw new Error("not saved");
      const saved = await answer.json();
      if (unsaved === mark) unsaved = "";
      status.textContent = `${status.dataset.saved} ${saved.saved_at}`;
      // Said once; after that it only stands there.
      status.setAttribute("aria-live", "off");
    } catch (error) {
      if (error.name === "AbortError") return;
      changed = true;
      tell(status.dataset.failed);
    }
  }

  function tell(words) {
    status.setAttribute("aria-live", "polite");
    status.textContent = words;
  }

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  });
  // A form that is sent takes its draft with it: the server turns away what comes later.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    changed = false;
    unsaved = "";
    if (running) running.abort();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("pagehide", () => {
    save();
    if (unsaved) sessionStorage.setItem(kept, unsaved);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) sessionStorage.removeItem(kept);
  });

  const left = sessionStorage.getItem(kept);
  sessionStorage.removeItem(kept);
  if (left && left !== form.dataset.mark) waitFor(left);

  async function waitFor(mark) {
    form.inert = true;
    tell(status.dataset.waiting);
    for (let tries = 0; tries < 25; tries += 1) {
      try {
        const answer = await fetch(form.dataset.draft, { redirect: "error" });
        if ((await answer.json()).mark === mark) return location.reload();
      } catch {
        // No connection: it is asked again.
      }
      await new Promise((wake) => setTimeout(wake, 120));
    }
    form.inert = false;
    tell(status.dataset.lost);
  }
}

// The line of the responsibility board follows the hand: the server tells what was true there.
const slider = document.querySelector(".line-slider");
if (slider) moveLine(slider);

function moveLine(box) {
  const pause = 120;
  const [first, last, step] = ["first", "last", "step"].map((name) => Number(box.dataset[name]));
  const slide = box.querySelector("input");
  const field = document.getElementById("at");
  const line = document.getElementById("at-line");
  const words = document.querySelector(".line-words");
  const heard = document.getElementById("line-said");
  let timer = 0;
  let running = null;

  // Minutes on the clock of Viet Nam, as the field has them.
  const local = (minutes) => new Date((minutes + 7 * 60) * 60000).toISOString().slice(0, 16);
  const said = (minutes) => {
    const [year, month, day, time] = local(minutes).split(/[-T]/);
    return `${day}/${month}/${year} ${time}`;
  };

  slide.min = 0;
  slide.max = Math.ceil((last - first) / step);
  slide.value = Math.round((Number(box.dataset.value) - first) / step);
  slide.setAttribute("aria-valuetext", said(Number(box.dataset.value)));
  box.hidden = false;

  slide.addEventListener("input", () => {
    const minutes = Math.min(first + Number(slide.value) * step, last);
    const place = `${((minutes - first) * 100) / Math.max(last - first, 1)}%`;
    line.setAttribute("x1", place);
    line.setAttribute("x2", place);
    line.classList.remove("off");
    field.value = local(minutes);
    slide.setAttribute("aria-valuetext", said(minutes));
    clearTimeout(timer);
    timer = setTimeout(() => tell(local(minutes)), pause);
  });

  async function tell(at) {
    if (running) running.abort();
    const mine = new AbortController();
    running = mine;
    const asked = new URLSearchParams(location.search);
    asked.set("at", at);
    try {
      const answer = await fetch(`${box.dataset.source}?${asked}`, { signal: mine.signal });
      if (!answer.ok || answer.redirected) throw new Error("not told");
      const text = await answer.text();
      const told = new DOMParser().parseFromString(text, "text/html").querySelector(".moment");
      words.replaceChildren(told);
      heard.textContent = told.dataset.summary;
      history.replaceState(null, "", `?${asked}`);
    } catch (error) {
      if (error.name !== "AbortError") heard.textContent = box.dataset.failed;
    }
  }
}

// The bell counts what comes while the page lies open.
const bell = document.querySelector("[data-bell]");
if (bell) watchBell(bell);

function watchBell(bell) {
  const every = 15000;
  const count = bell.querySelector(".bell-count");
  const words = bell.querySelector(".bell-words");
  const said = document.getElementById("bell-said");
  let timer = 0;

  async function look() {
    clearTimeout(timer);
    // A page that nobody sees asks nothing; it looks as soon as it is seen again.
    if (document.hidden) return;
    try {
      const answer = await fetch(bell.dataset.bell, { redirect: "error" });
      if (answer.ok) show(await answer.json());
    } catch {
      // No connection: the number stays as it was.
    }
    timer = setTimeout(look, every);
  }

  function show({ unread, text }) {
    if (unread > Number(count.textContent)) said.textContent = text;
    count.textContent = unread;
    count.hidden = unread === 0;
    words.textContent = unread === 0 ? "" : text;
  }

  document.addEventListener("visibilitychange", look);
  timer = setTimeout(look, every);
}
