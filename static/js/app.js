// Small behaviours on top of pages that work without them. No text in here: words come from the page.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const safely = (work) => (...given) => { try { return work(...given); } catch (error) { console.warn(error); } };
const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

// Dates: dd/mm/yyyy typed or picked; "t" is today.
const dates = safely((root) => {
  if (!window.Datepicker) return;
  const language = document.documentElement.lang === "vi" ? "vi" : "en";
  for (const input of all("input[data-date]", root)) {
    if (input.datepicker || input.disabled) continue;
    new window.Datepicker(input, {
      language, format: "dd/mm/yyyy", weekStart: 1, autohide: true, showOnFocus: false, showOnClick: true,
      updateOnBlur: false, todayHighlight: true, prevArrow: "‹", nextArrow: "›",
    });
    input.autocomplete = "off";
    input.addEventListener("changeDate", () => changed(input));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "t" || event.ctrlKey || event.altKey || input.value) return;
      event.preventDefault();
      input.datepicker.setDate(new Date());
    });
  }
});

// Long lists: type without accents.
const picks = safely((root) => {
  if (!window.TomSelect) return;
  for (const select of all("select[data-pick]", root)) {
    if (select.tomselect) continue;
    const label = select.labels[0]?.textContent.replace("*", "").trim() ?? select.ariaLabel;
    const described = select.getAttribute("aria-describedby");
    const picker = new window.TomSelect(select, {
      maxOptions: 500, diacritics: false, searchField: ["folded"], plugins: select.multiple ? ["remove_button"] : ["dropdown_input"],
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
    form.addEventListener("submit", () => { leaving = true; });
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
