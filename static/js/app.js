// Small behaviours on top of pages that work without them. No text in here: words come from the page.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const safely = (work) => (...given) => { try { return work(...given); } catch (error) { console.warn(error); } };

// Dates: typed as people write them, or picked. The picker never rewrites what was typed: the server judges it.
const writeDay = (day) => [day.getDate(), day.getMonth() + 1, day.getFullYear()].map((n) => String(n).padStart(2, "0")).join("/");
const readDay = (text) => {
  const [, day, month, year] = text.trim().match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/) ?? [];
  const date = new Date(year, month - 1, day);
  return date.getDate() === Number(day) && date.getMonth() === month - 1 ? date : null;
};
const dates = safely((root) => {
  if (!window.Datepicker || !one("#date-open")) return;
  for (const input of all(".date-entry > input[data-date]:only-child", root)) if (!input.disabled) calendar(input);
});
const calendar = (input) => {
  // The box stays where the page put it: one that is moved loses the focus, and what is being typed.
  const entry = input.parentElement, button = one("#date-open").content.firstElementChild.cloneNode(true);
  input.after(button);
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
    const now = readDay(input.value);
    if (now) picker.setDate(now);
    panel.addEventListener("changeDate", () => {
      input.value = writeDay(picker.getDate());
      input.dispatchEvent(new Event("input", { bubbles: true }));
      close(true);
    });
    button.ariaExpanded = "true";
    panel.focus();
  };
  button.addEventListener("click", () => (panel ? close(true) : open()));
  entry.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".date-panel")) event.preventDefault();
    if (event.key === "Escape" && panel) { event.stopPropagation(); close(true); }
    if (event.key === "ArrowDown" && event.altKey && !panel) { event.preventDefault(); open(); }
  }, true); // before the calendar itself, which keeps Escape
  document.addEventListener("pointerdown", (event) => { if (panel && !entry.contains(event.target)) close(false); });
};

// Long lists: type without accents. Names are looked through before the posts that follow them after a dash, the starts
// of words before their middles, the very name before all; what fits alike stays in the order of the page, which begins
// with who is near.
const folded = (text) => ` ${text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")}`;
const fitting = (typed) => {
  const words = folded(typed).split(" ").filter(Boolean);
  return ({ text }) => {
    const [name, all] = [text.split(" – ")[0], text].map(folded);
    const tries = [name.trim() === words.join(" "), ...[name, all].flatMap((part) => [
      words.every((word) => part.includes(` ${word}`)), words.every((word) => part.includes(word)),
    ])];
    return tries.includes(true) ? tries.length - tries.indexOf(true) : 0;
  };
};
const picks = safely((root) => {
  if (!window.TomSelect) return;
  for (const select of all("select[data-pick]", root)) {
    if (select.tomselect) continue;
    const label = select.labels[0]?.textContent.replace("*", "").trim() ?? select.ariaLabel;
    const picker = new window.TomSelect(select, {
      maxOptions: 500, plugins: select.multiple ? ["remove_button"] : [], closeAfterSelect: true,
      score: fitting,
      refreshThrottle: 0, // Enter takes what the last letter found, however fast one types
      onItemAdd() { this.setTextboxValue(""); this.refreshOptions(false); },
      render: { no_results: () => '<div class="no-results">–</div>' },
    });
    select.setAttribute("aria-label", label);
    const typed = picker.control_input, described = select.getAttribute("aria-describedby");
    if (described) typed.setAttribute("aria-describedby", described);
    typed.addEventListener("input", (event) => event.stopPropagation());
    typed.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); }); // chooses, never saves
    select.addEventListener("focus", () => picker.focus());
    if (document.activeElement === select) picker.focus();
  }
});

// Boxes for which only some answers of another box have a use; one with a mistake is always shown.
const uses = safely((root) => {
  for (const box of all("[data-asked-by]", root)) {
    const by = box.form.elements[box.dataset.askedBy], field = box.closest(".field"), answers = box.dataset.askedFor.split(" ");
    const show = () => { field.hidden = !answers.includes(by.value) && !field.matches(".is-invalid"); };
    by.addEventListener("change", show);
    box.form.addEventListener("filled", show);
    show();
  }
});

// Leaving a changed form asks; what was typed outlives the session and the sending of a neighbour, for the same person in the same form.
const meta = one('meta[name="session-ends"]');
const fields = (form) => all("input, textarea, select", form).filter((field) => field.name && !["password", "hidden", "file"].includes(field.type));
const isBox = (field) => /checkbox|radio/.test(field.type);
const chosen = (field) => (field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value);
const written = (form) => JSON.stringify(fields(form).map((field) => [field.name, chosen(field), field.checked]));
const place = (form) => `${meta?.dataset.who} ${new URL(form.getAttribute("action") ?? "", location).pathname}`;
const stored = (key) => JSON.parse(sessionStorage[key] ?? "{}");
const guards = safely((root) => {
  for (const form of all("form[data-guard]", root)) {
    let leaving = false, before = written(form);
    const dirty = () => !leaving && written(form) !== before;
    form.settle = () => { before = written(form); };
    form.keep = () => {
      if (dirty()) sessionStorage.kept = JSON.stringify({ ...stored("kept"), [place(form)]: written(form) });
      leaving = true;
    };
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      leaving = true;
      sessionStorage.sent = JSON.stringify({ [place(form)]: written(form) });
      keepAll();
    });
    addEventListener("pageshow", () => { leaving = false; });
    addEventListener("beforeunload", (event) => { if (dirty()) event.preventDefault(); });
  }
});
const keepAll = () => all("form[data-guard]").forEach((form) => form.keep());
const restore = safely(() => {
  // A form that was sent and met the sign-in page or an error is not lost; one that met a page of ours has arrived.
  const kept = { ...stored("kept"), ...(meta ? {} : stored("sent")) };
  sessionStorage.removeItem("sent");
  const forms = all("form[data-guard]").filter((form) => place(form) in kept);
  for (const form of forms) {
    fill(form, JSON.parse(kept[place(form)]));
    form.dataset.returned = "yes";
    delete kept[place(form)];
  }
  sessionStorage.kept = JSON.stringify(kept);
  if (forms.length) say(one("#kept-note"), "text");
});
const fill = (form, values) => {
  for (const field of fields(form)) {
    const [, value, checked] = values.find(([name, value]) => name === field.name && (!isBox(field) || value === field.value)) ?? [null];
    if (value === undefined) continue;
    if (isBox(field)) field.checked = checked;
    else if (field.tomselect) field.tomselect.setValue(value, true);
    else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
  }
  form.dispatchEvent(new Event("filled"));
};
// Back to a form that was sent finds it as it was; sent once more it is known for the same, and the server asks.
const sentBefore = safely(() => {
  const form = one("form[data-guard]"), token = form?.elements.token, sent = history.state?.sent;
  if (!token?.value || token.disabled) return;
  const fresh = token.value, back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  form.addEventListener("submit", () => {
    const words = written(form);
    token.value = sent && (back || sent.words === words) ? sent.token : fresh;
    history.replaceState({ ...history.state, sent: { token: token.value, words } }, "");
  });
  if (!sent || !back) return;
  fill(form, JSON.parse(sent.words));
  form.settle();
});
const say = (note, which) => {
  if (!note) return;
  const words = one("[data-text]", note) ?? note;
  note.hidden = false;
  words.textContent = words.dataset[which];
};

// Files: browsers drop them when a form comes back with a mistake. Those chosen lie here until the form has arrived.
const shelf = (work) => new Promise((done, fail) => {
  const opened = indexedDB.open("khoidan");
  opened.onupgradeneeded = () => opened.result.createObjectStore("files");
  opened.onerror = () => fail(opened.error);
  opened.onsuccess = () => {
    const database = opened.result, dealing = database.transaction("files", "readwrite");
    dealing.oncomplete = () => { database.close(); done(); };
    dealing.onabort = () => { database.close(); fail(dealing.error); };
    work(dealing.objectStore("files"));
  };
});
const DAY = 86400000; // milliseconds
const tab = () => (sessionStorage.tab ??= Math.random().toString(36).slice(2));
const shelfMark = (input) => `${tab()} ${place(input.form)} ${input.name}`;
const putting = new Set();
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!window.indexedDB || input.type !== "file" || !input.form) return;
  const chosen = { files: [...input.files], at: Date.now() };
  const put = shelf((files) => files.put(chosen, shelfMark(input))).catch(() => null).finally(() => putting.delete(put));
  putting.add(put);
});
document.addEventListener("submit", (event) => { // what was chosen a moment ago is still on its way
  if (!putting.size || !one("input[type=file]", event.target)) return;
  const { target: form, submitter } = event, patience = new Promise((done) => setTimeout(done, 3000));
  event.preventDefault();
  event.stopImmediatePropagation();
  Promise.race([Promise.all(putting), patience]).then(() => { putting.clear(); form.requestSubmit(submitter); });
}, true);
const putBack = (input, chosen) => {
  const carried = new DataTransfer();
  for (const file of chosen.files) carried.items.add(file);
  input.files = carried.files;
  for (const note of all("[data-files-lost]", input.closest(".field"))) note.hidden = true;
};
const unshelve = async () => {
  if (!meta || !window.indexedDB) return;
  const waiting = all("input[type=file]").filter((input) => input.form.dataset.returned === "yes" && input.ariaInvalid !== "true");
  const marks = new Map(waiting.map((input) => [shelfMark(input), input]));
  await shelf((files) => {
    files.openCursor().onsuccess = ({ target: { result: found } }) => {
      if (!found) return;
      if (marks.has(found.key)) putBack(marks.get(found.key), found.value);
      else if (found.key.startsWith(`${tab()} `) || Date.now() - found.value.at > DAY) found.delete();
      found.continue();
    };
  });
};

// Two minutes before the session ends.
const session = safely(() => {
  const warning = one("#session-warning"), life = Number(meta?.content);
  if (!warning || !life) return;
  let timers = [];
  const wind = () => {
    timers.forEach(clearTimeout);
    warning.hidden = true;
    timers = [
      setTimeout(() => say(warning, "text"), (life - 120) * 1000),
      setTimeout(() => { keepAll(); say(warning, "over"); }, life * 1000),
    ];
  };
  wind();
  document.addEventListener("htmx:afterRequest", wind);
  warning.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch(warning.action, { method: "POST", body: new FormData(warning), redirect: "manual" }).catch(() => null);
    if (answer?.ok) return wind();
    keepAll();
    location.reload();
  });
});

// A second tap takes a mark of the roll back.
document.addEventListener("click", (event) => {
  const box = event.target;
  if (!box.matches?.(".tap input")) return;
  const held = box.held ?? box.defaultChecked;
  for (const other of box.form.elements[box.name]) other.held = false;
  box.checked = box.held = !held;
});

// Questions before acts that cannot be undone; Back may bring the page as it was left, and then it asks again.
addEventListener("pageshow", () => all("form[data-confirm]").forEach((form) => { form.confirmed = false; }));
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

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") all("details.menu[open]").forEach((menu) => { one("summary", menu).focus(); menu.open = false; });
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

// Rows chosen for an act on many: a box for the whole page, and how many are chosen.
document.addEventListener("change", (event) => {
  const box = event.target, table = box.closest("table");
  if (!table || !box.matches('[data-pick-all], [name="pk"]')) return;
  const rows = all('[name="pk"]', table), head = one("[data-pick-all]", table), note = one("[data-picked]");
  if (box === head) for (const row of rows) row.checked = head.checked;
  const count = rows.filter((row) => row.checked).length;
  head.checked = count === rows.length;
  head.indeterminate = count > 0 && count < rows.length;
  if (!note) return;
  note.hidden = !count;
  one("[data-picked-count]", note).textContent = count;
});

// The side bar as a drawer; without a script it is the target of a link.
const drawer = safely(() => {
  const nav = one("#nav"), toggle = one("#nav-toggle");
  if (!nav) return;
  const set = (open) => {
    nav.classList.toggle("open", open);
    for (const rest of [one(".topbar"), one("#main")]) rest.inert = open;
    (open ? one("a", nav) : toggle).focus();
  };
  const press = (link, open) => link.addEventListener("click", (event) => { event.preventDefault(); set(open); });
  press(toggle, true);
  press(one(".nav-close", nav), false);
  document.addEventListener("pointerdown", (event) => { if (nav.matches(".open") && !nav.contains(event.target)) set(false); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && nav.matches(".open")) set(false); });
});

// A library is fetched by the first page that has a use for it.
const fetched = {};
const library = (name) => (fetched[name] ??= one("#app").dataset[name].split(" ").reduce((before, src) => before.then(() => new Promise((done, fail) => {
  document.head.append(Object.assign(document.createElement("script"), { src, onload: done, onerror: fail }));
})), Promise.resolve()).catch(() => null));

const enrich = async (root) => {
  uses(root);
  if (one("select[data-pick]", root)) await library("picks");
  picks(root);
  if (one("input[data-date]", root)) await library("dates");
  dates(root);
};
document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => { guards(target); enrich(target); });
if (window.htmx) document.documentElement.classList.add("scripted");
one("[data-print]")?.addEventListener("click", () => print());
drawer();
// At once, before anybody types into it; libraries come later, and alter nothing that is typed meanwhile.
guards(document);
restore();
sentBefore();
unshelve().catch(() => null);
enrich(document);
session();
// Whoever makes a record types at once; a touch screen would open its keyboard over the page.
const first = () => {
  const form = one("form.record-form"), token = form?.elements.token;
  return token && !token.disabled && matchMedia("(pointer: fine)").matches ? one("input:not([type=hidden]), textarea, select", form) : null;
};
if (document.activeElement === document.body) (one("[data-focus]") ?? first())?.focus(); // else somebody is at work already
