// The ring clock of a meeting runs on the time of the server, so that every screen
// shows the same second.
//
//   <svg class="klok" data-clock
//        data-server-now="2026-03-19T14:12:00Z"   when the page was made
//        data-started-at="2026-03-19T14:10:00Z"   when this part began; absent: it rests
//        data-seconds="1200"                       how long it takes
//        data-label="Deel 3 van 4. Nog {minutes} minuten."
//        data-late="…">                            what stands under the time once it is over
//   data-look-again                             around it: at the end of the part the page fetches itself
//
// The drawing is the server's: .now is the whole part, .run what has passed,
// .here and .halo the dot, .tijd the time left. Over time counts up, without alarm.

const radius = 190;

/** run moves every clock of the page once a second. A second call does nothing. */
export function run(): void {
  if (running) return;
  running = true;
  tick();
  window.setInterval(tick, 250);
}

let running = false;
const offsets = new WeakMap<Element, { at: string; offset: number }>();

function tick(): void {
  for (const clock of document.querySelectorAll<SVGSVGElement>("svg[data-clock]")) move(clock);
}

function move(clock: SVGSVGElement): void {
  const started = Date.parse(clock.dataset["startedAt"] ?? "");
  const seconds = Number(clock.dataset["seconds"]);
  if (Number.isNaN(started) || !(seconds > 0)) return;
  const passed = Math.max(0, (Date.now() + offset(clock) - started) / 1000);
  const left = seconds - Math.floor(passed);
  const time = clock.querySelector(".tijd");
  const shown = written(left);
  if (!time || time.textContent === shown) return;
  time.textContent = shown;
  draw(clock, Math.min(passed / seconds, 1));
  label(clock, left);
  const late = clock.dataset["late"];
  const under = [...clock.querySelectorAll(".onder")].at(-1);
  if (left < 0 && late && under) under.textContent = late;
  // A step that ends by itself: the server has gone on, so the page looks again.
  if (left <= 0 && clock.closest("[data-look-again]")) document.dispatchEvent(new Event("look-again"));
}

// The difference between the two clocks is taken once for each page that the
// server made: later its moment of making is long past.
function offset(clock: SVGSVGElement): number {
  const at = clock.dataset["serverNow"] ?? "";
  const known = offsets.get(clock);
  if (known?.at === at) return known.offset;
  const server = Date.parse(at);
  const found = Number.isNaN(server) ? 0 : server - Date.now();
  offsets.set(clock, { at, offset: found });
  return found;
}

function written(left: number): string {
  const late = left < 0;
  const whole = Math.abs(left);
  const text = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  return late ? "+" + text : text;
}

function draw(clock: SVGSVGElement, part: number): void {
  const whole = clock.querySelector<SVGPathElement>("path.now");
  const run = clock.querySelector<SVGPathElement>("path.run");
  if (!whole || !run) return;
  const length = whole.getTotalLength();
  const from = whole.getPointAtLength(0);
  const to = whole.getPointAtLength(length * part);
  const large = length * part > Math.PI * radius ? 1 : 0;
  run.setAttribute("d", `M${point(from)}A${radius} ${radius} 0 ${large} 1 ${point(to)}`);
  for (const dot of clock.querySelectorAll(".here, .halo")) {
    dot.setAttribute("cx", to.x.toFixed(2));
    dot.setAttribute("cy", to.y.toFixed(2));
  }
}

function point(p: DOMPoint): string {
  return `${p.x.toFixed(2)} ${p.y.toFixed(2)}`;
}

function label(clock: SVGSVGElement, left: number): void {
  const text = clock.dataset["label"];
  if (!text) return;
  const next = text.replace("{minutes}", String(Math.max(0, Math.ceil(left / 60))));
  if (clock.getAttribute("aria-label") !== next) clock.setAttribute("aria-label", next);
}
