// Forms that post: sent once however often the button is pressed, and never sent
// into a dead line. A browser that posts while the network is away shows its own
// error page and the typed text is gone; so we look first and say it kindly.
//
//   data-plain        on a form: leave it alone (a download, say)
//   data-unsent="…"   on a form or above it: what to say when the server is away

import { ask, onConnection, seenLately } from "./connection";

const keyField = "idempotency_key";
const giveUp = 20_000;
const passing = new WeakSet<HTMLFormElement>();
const sent = new WeakSet<HTMLFormElement>();

/** watchForms looks after every form of the page, now and later. */
export function watchForms(): void {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", renewKey);
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) setBusy(form, false);
  });
  onConnection((gone) => {
    if (!gone) for (const form of document.forms) sayUnsent(form, null, false);
  });
}

/** isSent says that the form is on its way or has been. */
export function isSent(form: HTMLFormElement): boolean {
  return sent.has(form);
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const button = event.submitter;
  if (event.defaultPrevented || form.hasAttribute("data-plain") || methodOf(form, button) !== "post") return;
  if (passing.delete(form) || (seenLately() && !isBusy(form))) {
    setBusy(form, true, button);
    sent.add(form);
    window.setTimeout(() => setBusy(form, false), giveUp); // an answer that is no page
    return;
  }
  event.preventDefault();
  if (!isBusy(form)) void lookFirst(form, button);
}

async function lookFirst(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  sayUnsent(form, button, false);
  setBusy(form, true, button);
  const there = await ask();
  setBusy(form, false);
  if (!there) {
    sayUnsent(form, button, true);
    return;
  }
  passing.add(form);
  form.requestSubmit(button?.isConnected ? button : null);
  passing.delete(form); // left over only when a field was refused
}

function methodOf(form: HTMLFormElement, button: HTMLElement | null): string {
  return (button?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get").toLowerCase();
}

function isBusy(form: HTMLFormElement): boolean {
  return form.getAttribute("aria-busy") === "true";
}

function setBusy(form: HTMLFormElement, busy: boolean, button?: HTMLElement | null): void {
  if (busy) {
    form.setAttribute("aria-busy", "true");
    button?.setAttribute("aria-busy", "true");
    return;
  }
  form.removeAttribute("aria-busy");
  for (const one of form.querySelectorAll("button[aria-busy]")) one.removeAttribute("aria-busy");
}

function sayUnsent(form: HTMLFormElement, button: HTMLElement | null, show: boolean): void {
  form.querySelector("[data-unsent-message]")?.remove();
  const text = form.closest<HTMLElement>("[data-unsent]")?.dataset["unsent"];
  if (!show || !text) return;
  const message = document.createElement("p");
  message.className = "error";
  message.dataset["unsentMessage"] = "";
  message.setAttribute("role", "alert");
  message.textContent = text;
  const before = button && form.contains(button) ? (button.closest(".cluster") ?? button) : null;
  if (before && form.contains(before)) before.before(message);
  else form.append(message);
}

// The key makes a second sending of the same thing harmless. Somebody who comes
// back to a page that was sent and writes something else means a second thing.
function renewKey(event: Event): void {
  const form = (event.target as HTMLInputElement).form;
  if (!form || !sent.has(form)) return;
  sent.delete(form);
  const key = form.elements.namedItem(keyField);
  if (key instanceof HTMLInputElement) key.value = newKey();
}

// As the server makes them: twenty characters of the id alphabet.
function newKey(): string {
  const letters = "0123456789abcdefghjkmnpqrstvwxyz";
  return Array.from(crypto.getRandomValues(new Uint8Array(20)), (n) => letters[n & 31]).join("");
}
