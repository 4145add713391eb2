// Text that is being written is kept on the server while the person writes.
//
//   <form method="post" data-draft="KEY">     the fields of this form are one draft
//     data-draft="off"                        on a field: not this one
//     <p data-draft-status data-saved="Bewaard om {time} uur." data-waiting="…" data-signed-out="…">
//
// Sent is POST /drafts with {"key": KEY, "fields": {name: text}}. Nothing is kept
// in the browser: while the network is away the text stays in its field, the page
// says so, and it is sent when the network returns.

import { isAway, missed, onConnection, seen } from "./connection";
import { isSent } from "./form";

const address = "/drafts";
const quiet = 800;
const beaconLimit = 60_000;
const textTypes = new Set(["text", "search", "url", "email", "tel", "number", "date", "time", "textarea"]);

type Field = HTMLInputElement | HTMLTextAreaElement;
type State = "saved" | "waiting" | "signedOut";

interface Draft {
  timer: number | undefined;
  sending: boolean;
  dirty: boolean;
}

const drafts = new Map<HTMLFormElement, Draft>();

/** keepDrafts looks after every draft of the page, now and later. */
export function keepDrafts(): void {
  document.addEventListener("input", (event) => {
    const field = event.target as Field;
    const form = field.form;
    if (!form?.dataset["draft"] || !isText(field)) return;
    const draft = of(form);
    draft.dirty = true;
    clearTimeout(draft.timer);
    draft.timer = window.setTimeout(() => void save(form), quiet);
  });
  onConnection((gone) => {
    for (const [form, draft] of drafts) {
      if (!draft.dirty) continue;
      if (gone) say(form, "waiting");
      else void save(form);
    }
  });
  // Hidden is the last thing a phone tells; pagehide the last of a tab.
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  window.addEventListener("pagehide", flush);
  window.addEventListener("beforeunload", (event) => {
    if (isAway() && unsaved().length > 0) event.preventDefault();
  });
}

function of(form: HTMLFormElement): Draft {
  let draft = drafts.get(form);
  if (!draft) {
    draft = { timer: undefined, sending: false, dirty: false };
    drafts.set(form, draft);
  }
  return draft;
}

function isText(field: Field): boolean {
  return field.name !== "" && textTypes.has(field.type) && field.dataset["draft"] !== "off";
}

function body(form: HTMLFormElement): string {
  const fields: Record<string, string> = {};
  for (const field of form.elements as unknown as Iterable<Field>) {
    if (isText(field)) fields[field.name] = field.value;
  }
  return JSON.stringify({ key: form.dataset["draft"], fields });
}

// One request at a time for each draft, so that an older text never arrives last.
async function save(form: HTMLFormElement): Promise<void> {
  const draft = of(form);
  if (draft.sending || !draft.dirty || !form.isConnected || isSent(form)) return;
  draft.sending = true;
  draft.dirty = false;
  try {
    const state = await send(body(form));
    draft.dirty ||= state !== "saved";
    say(form, state);
  } catch {
    draft.dirty = true;
    missed();
    say(form, "waiting");
  }
  draft.sending = false;
  if (draft.dirty && !isAway()) {
    clearTimeout(draft.timer);
    draft.timer = window.setTimeout(() => void save(form), retry(form));
  }
}

async function send(text: string): Promise<State> {
  const reply = await fetch(address, { ...request(text), signal: AbortSignal.timeout(15_000) });
  if (reply.status >= 502 && reply.status <= 504) throw new Error("no server behind the proxy");
  seen();
  if (reply.ok) return "saved";
  return reply.type === "opaqueredirect" || reply.status === 401 ? "signedOut" : "waiting";
}

function request(text: string): RequestInit {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: text,
    redirect: "manual", // a redirect leads to the door: the text was not taken
    credentials: "same-origin",
  };
}

// After typing goes on: soon. After a refusal: not every second.
function retry(form: HTMLFormElement): number {
  return status(form)?.dataset["state"] === "saved" ? quiet : 10_000;
}

function unsaved(): HTMLFormElement[] {
  return [...drafts].filter(([form, d]) => d.dirty && form.isConnected && !isSent(form)).map(([form]) => form);
}

// The page may be gone before an answer comes: the browser finishes it for us.
function flush(): void {
  for (const form of unsaved()) {
    const text = body(form);
    const small = new Blob([text]).size < beaconLimit;
    clearTimeout(of(form).timer);
    fetch(address, { ...request(text), keepalive: small }).then(
      (reply) => {
        if (!reply.ok) return;
        of(form).dirty = false;
        say(form, "saved");
      },
      () => undefined, // still dirty: a page that stays sends again
    );
  }
}

function status(form: HTMLFormElement): HTMLElement | null {
  return form.querySelector<HTMLElement>("[data-draft-status]");
}

function say(form: HTMLFormElement, state: State): void {
  const line = status(form);
  const text = line?.dataset[state];
  if (!line || text === undefined) return;
  line.dataset["state"] = state;
  line.textContent = text.replace("{time}", clockTime());
}

// As a Dutch page writes it: 14.32.
function clockTime(): string {
  const lang = document.documentElement.lang || "nl";
  const zone = document.documentElement.dataset["zone"];
  const options: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (zone) options.timeZone = zone;
  const time = new Intl.DateTimeFormat(lang, options).format(new Date());
  return lang.startsWith("nl") ? time.replace(":", ".") : time;
}
