// The button to print is there only where pressing it does something.
//
//   <button data-print hidden>

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
