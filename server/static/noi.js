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

const form = document.querySelector("form[data-draft]");
if (form) keepDrafts(form);

function keepDrafts(form) {
  const pause = 3000;
  const status = form.querySelector(".draft-status");
  let changed = false;
  let timer = 0;
  let running = null;

  async function save(leaving) {
    if (!changed) return;
    changed = false;
    running = new AbortController();
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        keepalive: leaving,
        signal: running.signal,
      });
      if (!answer.ok) throw new Error("not saved");
      const saved = await answer.json();
      status.textContent = `${status.dataset.saved} ${saved.saved_at}`;
      // Said once; after that it only stands there.
      status.setAttribute("aria-live", "off");
    } catch (error) {
      if (error.name === "AbortError") return;
      changed = true;
      status.setAttribute("aria-live", "polite");
      status.textContent = status.dataset.failed;
    }
  }

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(() => save(false), pause);
  });
  // A form that is sent clears its draft: no late save may bring it back.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    changed = false;
    if (running) running.abort();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
}
