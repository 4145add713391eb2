// Pages that change while others work: the server says that something changed,
// the page fetches itself and takes over the parts that may change.
//
//   data-live="/live/…"          on one element: where the server tells of changes
//   data-live-part with an id    a part that is taken over from the fresh page
//   data-live-keep               inside a part: never touched
//   data-live-kind="…"           on the body: when it differs, the page is loaded anew
//   data-live-note="…"           beside data-live: said to screen readers after a change
//   data-live-say="…"            on anything in a part: said instead, when the fresh page says another
//
// What a person is typing is never replaced: fields with focus or changes keep
// their value, and a form in use is not taken away.

import { Idiomorph } from "idiomorph";
import { ask, isAway, missed, onConnection, seen } from "./connection";

const firstPause = 1_000;
const slowest = 60_000;

let source: EventSource | undefined;
let pause = firstPause;
let reopening: number | undefined;
let fetching = false;
let again = false;
let stale = false;

/** follow listens for changes of this page. A second call does nothing. */
export function follow(): void {
  if (source || reopening !== undefined) return;
  open();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && stale) void refresh();
  });
  document.addEventListener("look-again", () => void refresh());
  // Back after the line was gone: what was told meanwhile is looked up at once.
  onConnection((gone) => {
    if (gone) return;
    close();
    pause = firstPause;
    open();
    void refresh();
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    open();
    void refresh();
  });
}

function root(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-live]");
}

function open(missedSome = false): void {
  const address = root()?.dataset["live"];
  if (!address) return;
  source = new EventSource(address);
  source.onopen = () => {
    pause = firstPause;
    seen();
    if (missedSome) void refresh();
    missedSome = false;
  };
  source.onmessage = () => void refresh();
  source.onerror = () => {
    missedSome = true;
    if (!isAway()) void ask();
    // The browser tries again by itself, except after an answer that it takes as final.
    if (source?.readyState === EventSource.CLOSED) reopen();
  };
}

function reopen(): void {
  close();
  const jitter = pause * Math.random() * 0.5; // five hundred pages do not return together
  reopening = window.setTimeout(() => {
    reopening = undefined;
    open(true);
  }, pause + jitter);
  pause = Math.min(pause * 2, slowest);
}

function close(): void {
  clearTimeout(reopening);
  reopening = undefined;
  source?.close();
  source = undefined;
}

// Many changes at once are one fetch; one that comes while fetching is a second.
async function refresh(): Promise<void> {
  if (document.hidden) {
    stale = true;
    return;
  }
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  stale = false;
  await takeOver();
  fetching = false;
  if (again) {
    again = false;
    void refresh();
  }
}

async function takeOver(): Promise<void> {
  let html: string;
  try {
    const reply = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    seen();
    // Signed out, or no longer for this person: the page stays as it is until they act.
    if (!reply.ok || reply.redirected) return;
    html = await reply.text();
  } catch {
    missed();
    return;
  }
  const page = new DOMParser().parseFromString(html, "text/html");
  if (page.body.dataset["liveKind"] !== document.body.dataset["liveKind"]) {
    location.reload(); // it has become another page: what is typed is kept on the server
    return;
  }
  const told = says(document);
  let changed = false;
  for (const part of document.querySelectorAll<HTMLElement>("[data-live-part][id]")) {
    const next = page.getElementById(part.id);
    if (!next || next.outerHTML === part.outerHTML) continue;
    Idiomorph.morph(part, next, { morphStyle: "outerHTML", ignoreActiveValue: true, callbacks });
    changed = true;
  }
  if (!changed) return;
  document.title = page.title;
  document.dispatchEvent(new Event("leerkring:part"));
  const now = says(page);
  if (now.length > 0) say(now.filter((text) => !told.includes(text)).join(" "));
  else say(root()?.dataset["liveNote"]);
}

/** says are what a page would tell of itself, such as the step that it is at. */
function says(page: Document): string[] {
  return [...page.querySelectorAll<HTMLElement>("[data-live-say]")].map((e) => e.dataset["liveSay"] ?? "").filter((text) => text !== "");
}

const callbacks = {
  beforeNodeMorphed: (old: Node): boolean => !isKept(old) && !inUse(old),
  beforeNodeRemoved: (old: Node): boolean => !isKept(old) && !holdsUse(old),
  // What a reader opened stays open; what is being sent stays so.
  beforeAttributeUpdated: (name: string, node: Element): boolean =>
    !(name === "open" && (node instanceof HTMLDetailsElement || node instanceof HTMLDialogElement)) && name !== "aria-busy",
};

function isKept(node: Node): boolean {
  return node instanceof Element && node.hasAttribute("data-live-keep");
}

/** inUse: a field that has focus or differs from what the server sent. */
function inUse(node: Node): boolean {
  if (node instanceof HTMLInputElement) {
    // The key of a form in use belongs to what is being written in it.
    if (node.type === "hidden") return !!node.form && [...node.form.elements].some((e) => e !== node && typed(e));
    return typed(node);
  }
  return node instanceof Element && typed(node);
}

function typed(element: Element): boolean {
  if (element instanceof HTMLInputElement && element.type === "hidden") return false;
  if (element instanceof HTMLInputElement && (element.type === "checkbox" || element.type === "radio")) {
    return element.checked !== element.defaultChecked;
  }
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    return element === document.activeElement || element.value !== element.defaultValue;
  }
  if (element instanceof HTMLSelectElement) {
    return element === document.activeElement || [...element.options].some((o) => o.selected !== o.defaultSelected && element.multiple) || chosen(element);
  }
  return element instanceof HTMLElement && element.isContentEditable && element.contains(document.activeElement);
}

// A select without a default shows its first option: that is no choice yet.
function chosen(select: HTMLSelectElement): boolean {
  if (select.multiple) return false;
  const preset = Math.max(0, [...select.options].findIndex((o) => o.defaultSelected));
  return select.selectedIndex !== preset;
}

function holdsUse(node: Node): boolean {
  if (!(node instanceof Element)) return false;
  return typed(node) || [...node.querySelectorAll("input, textarea, select, [contenteditable]")].some(typed);
}

function say(text: string | undefined): void {
  if (!text) return;
  let region = document.querySelector<HTMLElement>("[data-live-said]");
  if (!region) {
    region = document.createElement("p");
    region.className = "sr";
    region.dataset["liveSaid"] = "";
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
  }
  // A changed text is said; the same text again is not.
  const said = region;
  said.textContent = "";
  window.setTimeout(() => (said.textContent = text), 100);
}
