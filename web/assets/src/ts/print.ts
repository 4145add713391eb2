// A button to print is there only where pressing it does something.
//
//   <button type="button" data-print hidden>

export function offerToPrint(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
