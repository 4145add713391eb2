// The script of every page. Pages read and work without it; each island adds
// itself to marks that are in the HTML and does nothing where they are not.
//
// Marks and what they ask for are described in docs/developing.md.

import { showConnection } from "./connection";
import { keepDrafts } from "./draft";
import { watchForms } from "./form";
import { closeMenus } from "./menu";
import { offerToPrint } from "./print";
import { putToastsAway } from "./toast";

// Heavier islands come only when the page has a place for them, also when that
// place arrives later in a live part.
function fetchIslands(): void {
  if (document.querySelector("[data-live]")) void import("./live").then((m) => m.follow());
  if (document.querySelector("[data-clock]")) void import("./clock").then((m) => m.run());
  if (document.querySelector("[data-queue]")) void import("./queue").then((m) => m.board());
  if (document.querySelector("[data-sum]")) void import("./sum").then((m) => m.addUp());
  if (document.querySelector("[data-passkey]")) void import("./passkey").then((m) => m.offer());
}

// A row of tabs that is wider than the screen begins where the reader is.
for (const tab of document.querySelectorAll<HTMLElement>(".tabs a[aria-current]")) {
  const row = tab.parentElement!;
  const end = tab.offsetLeft + tab.offsetWidth - row.offsetLeft;
  if (end > row.scrollLeft + row.clientWidth) row.scrollLeft = end - row.clientWidth / 2;
}

showConnection();
watchForms();
keepDrafts();
closeMenus();
putToastsAway();
offerToPrint();
fetchIslands();
document.addEventListener("leerkring:part", () => {
  fetchIslands();
  putToastsAway();
  offerToPrint();
});
