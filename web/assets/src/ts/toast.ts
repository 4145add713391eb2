// A toast goes by itself, unless there is something to choose in it (data-stay)
// or somebody is reading it with the pointer or the keyboard.

const shown = 7_000;
const timed = new WeakSet<Element>();

/** putToastsAway takes every toast of the page away after a while. */
export function putToastsAway(): void {
  for (const toast of document.querySelectorAll(".toast:not([data-stay])")) {
    if (timed.has(toast)) continue;
    timed.add(toast);
    window.setTimeout(() => leave(toast), shown);
  }
}

function leave(toast: Element): void {
  if (toast.matches(":hover, :focus-within")) window.setTimeout(() => leave(toast), shown);
  else toast.remove();
}
