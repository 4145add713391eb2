// A board that a team stands around goes on while the network is away: what is pressed and
// written waits in the browser, in order, each with the key by which it is done once, and goes out
// when the server is back. Only for what belongs to the work of a team, never for a closed circle.
//
//   data-queue="ID"          around the board: the name under which its queue is kept
//   data-queue-form          on a form: sent from here, without loading the page
//   data-queue-into, -card   what is written appears there at once, as a copy of that template
//   data-queue-move="lane"   the card that the form stands in moves to that lane at once
//   data-queue-next="2"      the board goes to that step at once; its clock is in a template
//                            with data-queue-step="2", and what the board then says in data-queue-do (the button) and -aim
//   data-queue-close         the last one
//   [data-queue-note]        says what waits

import { ask, isAway, missed, onConnection, seen } from "./connection";

interface Waiting {
  action: string;
  body: string;
}

let flushing = false;

/** board looks after the forms of a board. A second call does nothing. */
export function board(): void {
  if (started) return;
  started = true;
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("dragstart", onDrag);
  document.addEventListener("dragover", onDragOver);
  document.addEventListener("drop", onDrop);
  onConnection((gone) => {
    if (!gone) void flush();
    else say();
  });
  void flush();
}

let started = false;

function root(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-queue]");
}

function place(): string {
  return `board/${root()?.dataset["queue"] ?? ""}`;
}

function waiting(): Waiting[] {
  try {
    return JSON.parse(localStorage.getItem(place()) ?? "[]") as Waiting[];
  } catch {
    return [];
  }
}

function keep(list: Waiting[]): void {
  if (list.length === 0) localStorage.removeItem(place());
  else localStorage.setItem(place(), JSON.stringify(list));
  say();
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (!form.hasAttribute("data-queue-form") || !root()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const body = new URLSearchParams(new FormData(form, event.submitter) as unknown as Record<string, string>);
  const line = [...form.querySelectorAll<HTMLInputElement>("input.input")].find((i) => i.name === "body" || i.name === "task");
  if (line && line.value.trim() === "") {
    line.focus();
    return;
  }
  keep([...waiting(), { action: form.action, body: body.toString() }]);
  show(form);
  void flush();
}

/** show: the board looks at once as it will when the server has heard. */
function show(form: HTMLFormElement): void {
  const { queueInto, queueCard, queueMove, queueNext } = form.dataset;
  if (queueInto && queueCard) {
    const card = document.getElementById(queueCard) as HTMLTemplateElement | null;
    const list = document.querySelector(queueInto);
    if (card && list) {
      const copy = card.content.cloneNode(true) as DocumentFragment;
      const text = (form.elements.namedItem("body") ?? form.elements.namedItem("task")) as HTMLInputElement;
      const owner = form.elements.namedItem("owner") as HTMLSelectElement | null;
      fill(copy, "[data-text]", text.value);
      if (owner?.value) fill(copy, "[data-owner]", owner.selectedOptions[0]?.textContent ?? "");
      list.append(copy);
    }
    form.reset();
    renew(form);
    form.querySelector<HTMLInputElement>("input.input")?.focus();
  }
  if (queueMove) {
    const card = form.closest<HTMLElement>("[data-card]");
    card?.querySelector("details")?.removeAttribute("open");
    if (card) document.querySelector(`[data-lane="${queueMove}"]`)?.append(card);
    card?.querySelector("summary")?.focus(); // what is moved loses the keyboard
  }
  if (form.hasAttribute("data-queue-close")) form.querySelector("button")?.setAttribute("aria-disabled", "true");
  else if (queueNext) step(Number(queueNext), form);
}

// The next step, while nobody can tell: its clock was made ready with the page, and begins now.
function step(at: number, form: HTMLFormElement): void {
  const clock = document.querySelector<HTMLTemplateElement>(`template[data-queue-step="${at}"]`);
  const ring = document.querySelector("#w-clock");
  if (clock && ring) {
    ring.replaceChildren(clock.content.cloneNode(true));
    const svg = ring.querySelector<SVGSVGElement>("svg[data-clock]");
    const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    svg?.setAttribute("data-server-now", now);
    svg?.setAttribute("data-started-at", now);
  }
  const parts = [...document.querySelectorAll<HTMLElement>("#parts li")];
  const dot = document.querySelector("#parts .stip");
  if (dot) parts[at]?.prepend(dot);
  const aim = document.querySelector("#w-aim .aim");
  if (aim && clock?.dataset["queueAim"]) aim.textContent = clock.dataset["queueAim"];
  parts.forEach((part, i) => (i === at ? part.setAttribute("aria-current", "step") : part.removeAttribute("aria-current")));
  form.dataset["queueNext"] = String(at + 1);
  const field = form.elements.namedItem("step") as HTMLInputElement | null;
  if (field) field.value = String(at);
  renew(form);
  const button = form.querySelector("button");
  const label = clock?.dataset["queueDo"];
  if (button && label) button.textContent = label;
  if (at + 1 >= parts.length) {
    // The last step: the same button closes.
    form.action = form.action.replace(/\/next$/, "/close");
    delete form.dataset["queueNext"];
    form.dataset["queueClose"] = "";
  }
}

function fill(copy: DocumentFragment, selector: string, text: string): void {
  const at = copy.querySelector(selector);
  if (at) at.textContent = text;
}

// Each thing has its own key, so that sending it again does it once.
function renew(form: HTMLFormElement): void {
  const key = form.elements.namedItem("idempotency_key");
  const letters = "0123456789abcdefghjkmnpqrstvwxyz";
  if (key instanceof HTMLInputElement) {
    key.value = Array.from(crypto.getRandomValues(new Uint8Array(20)), (n) => letters[n & 31]).join("");
  }
}

/** flush sends what waits, in order. What the server refuses is said and let go. */
async function flush(): Promise<void> {
  if (flushing || !root()) return;
  flushing = true;
  let sent = false;
  while (waiting().length > 0) {
    if (isAway() && !(await ask())) break;
    const [first] = waiting();
    if (!first) break;
    try {
      const reply = await fetch(first.action, {
        method: "POST",
        body: new URLSearchParams(first.body),
        headers: { Accept: "text/html" },
        redirect: "manual",
        signal: AbortSignal.timeout(15_000),
      });
      if (reply.status >= 500) throw new Error(String(reply.status));
      seen();
      sent = true;
      keep(waiting().slice(1));
      if (reply.type !== "opaqueredirect" && reply.status >= 400) refused();
    } catch {
      missed();
      break;
    }
  }
  flushing = false;
  say();
  if (sent) document.dispatchEvent(new Event("look-again"));
}

function note(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-queue-note]");
}

let usual: string | undefined;

function say(): void {
  const at = note();
  if (!at) return;
  usual ??= at.textContent ?? "";
  const n = waiting().length;
  const text = root()?.dataset["queueKept"];
  at.textContent = n > 0 && isAway() && text ? text.replace("{n}", String(n)) : usual;
}

function refused(): void {
  const text = root()?.dataset["queueRefused"];
  const at = note();
  if (at && text) usual = text;
}

// Dragging is a second way to what the buttons of a card do.
let dragged: HTMLElement | null = null;

function onDrag(event: DragEvent): void {
  dragged = (event.target as HTMLElement).closest?.("[data-card]") ?? null;
}

function laneOf(event: DragEvent): HTMLElement | null {
  return (event.target as HTMLElement).closest?.(".baan")?.querySelector<HTMLElement>("[data-lane]") ?? null;
}

function onDragOver(event: DragEvent): void {
  if (dragged && laneOf(event)) event.preventDefault();
}

function onDrop(event: DragEvent): void {
  const lane = laneOf(event)?.dataset["lane"];
  const form = lane ? dragged?.querySelector<HTMLFormElement>(`form[data-queue-move="${lane}"]`) : null;
  dragged = null;
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}
