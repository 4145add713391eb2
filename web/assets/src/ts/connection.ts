// Whether the server can be reached. Islands that talk to it report what they
// see; while it is away this file keeps asking, so that they need not.

const alive = "/healthz";
const patience = 5_000;
const firstAsk = 2_000;
const slowestAsk = 30_000;
const fresh = 5_000;

let away = false;
let lastSeen = -Infinity;
let pause = firstAsk;
let timer: number | undefined;
const listeners: ((away: boolean) => void)[] = [];

/** onConnection calls back each time the server goes away or returns. */
export function onConnection(listener: (away: boolean) => void): void {
  listeners.push(listener);
}

/** isAway says what was last known, without asking. */
export function isAway(): boolean {
  return away;
}

/** seenLately says that the server answered so recently that asking is a waste. */
export function seenLately(): boolean {
  return !away && performance.now() - lastSeen < fresh;
}

/** seen: somebody got an answer. */
export function seen(): void {
  lastSeen = performance.now();
  change(false);
}

/** missed: somebody got none. */
export function missed(): void {
  change(true);
}

/** ask looks whether the server answers now. A proxy that answers for a server
 *  that is gone counts as no. */
export async function ask(): Promise<boolean> {
  try {
    const reply = await fetch(alive, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(patience) });
    if (reply.status >= 502 && reply.status <= 504) missed();
    else seen();
  } catch {
    missed();
  }
  return !away;
}

function change(now: boolean): void {
  if (now === away) return;
  away = now;
  clearTimeout(timer);
  pause = firstAsk;
  if (away) timer = window.setTimeout(askAgain, pause);
  for (const listener of listeners) listener(away);
}

async function askAgain(): Promise<void> {
  if (await ask()) return;
  pause = Math.min(pause * 2, slowestAsk);
  timer = window.setTimeout(askAgain, pause);
}

/** showConnection puts the bar on the page while the server is away: the content
 *  of the template in [data-offline], a live region of the layout. */
export function showConnection(): void {
  window.addEventListener("offline", missed);
  window.addEventListener("online", () => void ask());
  onConnection((gone) => {
    const region = document.querySelector("[data-offline]");
    const bar = region?.querySelector("template");
    if (!region || !bar) return;
    for (const old of [...region.children]) if (old !== bar) old.remove();
    if (gone) region.append(bar.content.cloneNode(true));
  });
  if (!navigator.onLine) missed();
}
