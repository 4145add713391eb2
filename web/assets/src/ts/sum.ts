// What is added up while somebody types.
//
//   <p data-sum="NAME NAME"        names of the fields in this form that count
//      data-sum-rest="71"          what the rest comes to
//      data-sum-one="…" data-sum-other="… {n} …">
//
// It is only shown: the server adds up again when the form is saved.

/** addUp keeps every sum of the page right. A second call does nothing. */
export function addUp(): void {
  if (adding) return;
  adding = true;
  document.addEventListener("input", (event) => {
    const form = (event.target as HTMLInputElement).form;
    for (const line of form?.querySelectorAll<HTMLElement>("[data-sum]") ?? []) show(form!, line);
  });
}

let adding = false;

function show(form: HTMLFormElement, line: HTMLElement): void {
  let n = Number(line.dataset["sumRest"]);
  for (const name of (line.dataset["sum"] ?? "").split(" ")) {
    const field = form.elements.namedItem(name);
    const typed = field instanceof HTMLInputElement ? field.value.trim() : "";
    if (/^[0-9]{1,3}$/.test(typed)) n += Number(typed);
  }
  const text = (n === 1 ? line.dataset["sumOne"] : line.dataset["sumOther"]) ?? "";
  line.textContent = text.replace("{n}", String(n));
}
