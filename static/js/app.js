// Small behaviours on top of pages that work without them. No text in here: words come from the page.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const safely = (work) => (...given) => { try { return work(...given); } catch (error) { console.warn(error); } };
const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

// Dates: typed as people write them, or picked. The picker never rewrites what was typed: the server judges it.
const pad = (n) => String(n).padStart(2, "0");
const written_day = (day) => `${pad(day.getDate())}/${pad(day.getMonth() + 1)}/${day.getFullYear()}`;
const read_day = (text) => {
  const [, day, month, year] = text.trim().match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/) ?? [];
  const date = new Date(year, month - 1, day);
  return date.getDate() === Number(day) && date.getMonth() === month - 1 ? date : null;
};
const dates = safely((root) => {
  for (const input of all("input[data-date]", root)) {
    if (input.disabled || input.parentElement.matches(".date-entry")) continue;
    const put = (day) => { input.value = written_day(day); changed(input); };
    input.addEventListener("keydown", (event) => {
      if (event.key === "t" && !event.ctrlKey && !event.altKey && !event.metaKey && !input.value) { event.preventDefault(); put(new Date()); }
    });
    if (window.Datepicker && one("#date-open")) calendar(input, put);
  }
});
const calendar = (input, put) => {
  const entry = document.createElement("span"), button = one("#date-open").content.firstElementChild.cloneNode(true);
  entry.className = "date-entry";
  input.replaceWith(entry);
  entry.append(input, button);
  input.autocomplete = "off";
  let panel = null;
  const close = (back) => {
    panel?.remove();
    panel = null;
    button.ariaExpanded = "false";
    if (back) input.focus();
  };
  const open = () => {
    panel = document.createElement("div");
    Object.assign(panel, { className: "date-panel", tabIndex: -1, role: "group", ariaLabel: button.ariaLabel });
    entry.append(panel);
    const picker = new window.Datepicker(panel, {
      language: document.documentElement.lang === "vi" ? "vi" : "en", weekStart: 1, todayHighlight: true, prevArrow: "‹", nextArrow: "›", buttonClass: "date-button",
    });
    const now = read_day(input.value);
    if (now) picker.setDate(now);
    panel.addEventListener("changeDate", () => { put(picker.getDate()); close(true); });
    button.ariaExpanded = "true";
    panel.focus();
  };
  button.addEventListener("click", () => (panel ? close(true) : open()));
  entry.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".date-panel")) event.preventDefault();
    if (event.key === "Escape" && panel) { event.stopPropagation(); close(true); }
    if (event.key === "ArrowDown" && event.altKey && !panel) { event.preventDefault(); open(); }
  });
  document.addEventListener("pointerdown", (event) => { if (panel && !entry.contains(event.target)) close(false); });
};

// Long lists: type without accents.
const picks = safely((root) => {
  if (!window.TomSelect) return;
  for (const select of all("select[data-pick]", root)) {
    if (select.tomselect) continue;
    const label = select.labels[0]?.textContent.replace("*", "").trim() ?? select.ariaLabel;
    const described = select.getAttribute("aria-describedby");
    const picker = new window.TomSelect(select, {
      maxOptions: 500, diacritics: false, searchField: ["folded"], plugins: select.multiple ? ["remove_button"] : [],
      onInitialize() { for (const option of Object.values(this.options)) option.folded = fold(option.text ?? ""); },
      score(search) {
        const words = fold(search).split(/\s+/).filter(Boolean);
        return (item) => (words.every((word) => item.folded.includes(word)) ? 1 : 0);
      },
      render: { no_results: () => { const line = document.createElement("div"); line.className = "no-results"; line.textContent = "–"; return line; } },
    });
    select.setAttribute("aria-label", label);
    picker.control_input.setAttribute("aria-label", label);
    if (described) picker.control_input.setAttribute("aria-describedby", described);
    picker.control_input.addEventListener("input", (event) => event.stopPropagation());
  }
});

// Leaving a changed form asks; what was typed outlives the session.
const place = `kept:${location.pathname}`;
const fields = (form) => all("input, textarea, select", form).filter((field) => field.name && !["password", "hidden", "file", "submit"].includes(field.type));
const written = (form) => fields(form).map((field) => [field.name, field.value, field.checked ?? null]);
const guards = safely((root) => {
  for (const form of all("form[data-guard]", root)) {
    const before = JSON.stringify(written(form));
    let leaving = false;
    const dirty = () => !leaving && JSON.stringify(written(form)) !== before;
    form.addEventListener("submit", (event) => { leaving = !event.defaultPrevented; });
    addEventListener("pageshow", () => { leaving = false; });
    addEventListener("beforeunload", (event) => { if (dirty()) event.preventDefault(); });
    form.keep = () => { if (dirty()) sessionStorage.setItem(place, JSON.stringify(written(form))); };
    form.letGo = () => { leaving = true; };
  }
});
const restore = safely(() => {
  const kept = sessionStorage.getItem(place), form = one("form[data-guard]");
  if (!kept || !form) return;
  sessionStorage.removeItem(place);
  const values = JSON.parse(kept);
  fields(form).forEach((field, n) => {
    if (values[n]?.[0] !== field.name) return;
    if (["checkbox", "radio"].includes(field.type)) field.checked = values[n][2];
    else if (field.tomselect) field.tomselect.setValue(values[n][1], true);
    else field.value = values[n][1];
  });
  say(one("#kept-note"), "text");
});
const say = (note, which) => {
  if (!note) return;
  const words = one("[data-text]", note) ?? note;
  note.hidden = false;
  words.textContent = words.dataset[which];
};

// Two minutes before the session ends.
const session = safely(() => {
  const warning = one("#session-warning"), life = Number(one('meta[name="session-ends"]')?.content);
  if (!warning || !life) return;
  let timers = [];
  const wind = () => {
    timers.forEach(clearTimeout);
    warning.hidden = true;
    timers = [
      setTimeout(() => { say(warning, "text"); }, (life - 120) * 1000),
      setTimeout(() => { all("form[data-guard]").forEach((form) => form.keep()); say(warning, "over"); }, life * 1000),
    ];
  };
  wind();
  document.addEventListener("htmx:afterRequest", wind);
  warning.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch(warning.action, { method: "POST", body: new FormData(warning), redirect: "manual" }).catch(() => null);
    if (answer?.ok) return wind();
    all("form[data-guard]").forEach((form) => { form.keep(); form.letGo(); });
    location.reload();
  });
});

// Questions before acts that cannot be undone.
document.addEventListener("submit", (event) => {
  const form = event.target, dialog = one("#confirm");
  if (!form.dataset.confirm || form.confirmed || !dialog?.showModal) return;
  event.preventDefault();
  const button = event.submitter;
  one("#confirm-text").textContent = form.dataset.confirm;
  dialog.returnValue = "";
  dialog.onclose = () => {
    if (dialog.returnValue !== "yes") return button?.focus();
    form.confirmed = true;
    form.requestSubmit(button);
  };
  dialog.showModal();
}, true);

// One press, one submit.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.sent) return event.preventDefault();
  form.sent = true;
  setTimeout(() => { form.sent = false; }, 4000);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") all("details.menu[open]").forEach((menu) => { menu.open = false; one("summary", menu).focus(); });
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const key = event.key.toLowerCase(), target = key === "k" ? one("#search") : key === "s" ? one("[data-save]") : null;
  if (!target) return;
  event.preventDefault();
  if (key === "k") { target.focus(); target.select(); } else target.click();
});
document.addEventListener("click", (event) => all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));

// Lists: an address holds only what was asked.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.id !== "filter") return;
  const asked = event.detail.parameters;
  for (const name of new Set(Object.keys(asked))) if (asked[name] === "") delete asked[name];
});

const dress = (root) => { dates(root); picks(root); guards(root); };
document.addEventListener("htmx:afterSwap", (event) => dress(event.detail.target));
if (window.htmx) document.documentElement.classList.add("scripted");
dress(document);
restore();
session();
one("[data-focus]")?.focus();
