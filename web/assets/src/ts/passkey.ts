// Passkeys: a finger, a face or the PIN of the device, instead of a mail.
//
//   <div hidden data-passkey="sign-in"      or "add", or "confirm"
//        data-begin="/passkeys/sign-in"     where the question comes from; its answer goes to …/answer
//        data-next="/week"                  where to go after
//        data-failed="…">                   what to say when it did not work
//     <input>                               of "add": the name of the new one
//     <button type="button">…</button>
//
// The place is shown only where the browser knows passkeys. Both steps are JSON; a
// reply says where to go ("go") or what is the matter ("text").

interface Reply {
  options?: { publicKey?: Options };
  challenge?: string;
  go?: string;
  text?: string;
}

/** Options are what the server asks, with bytes written as base64url. */
interface Options {
  challenge: string;
  user?: { id: string };
  excludeCredentials?: { id: string }[];
  allowCredentials?: { id: string }[];
}

const ready = new WeakSet<Element>();

/** offer shows every place for passkeys of the page and makes its button work. */
export function offer(): void {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const place of document.querySelectorAll<HTMLElement>("[data-passkey]")) {
    const button = place.querySelector("button");
    if (!button || ready.has(place)) continue;
    ready.add(place);
    place.hidden = false;
    button.addEventListener("click", () => void use(place, button));
  }
}

async function use(place: HTMLElement, button: HTMLButtonElement): Promise<void> {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  say(place, "");
  try {
    await ask(place);
  } catch {
    say(place, failed(place)); // put away, another origin, no network: the same advice
  }
  button.removeAttribute("aria-busy");
}

async function ask(place: HTMLElement): Promise<void> {
  const begin = place.dataset["begin"] ?? "";
  const question = await post(begin, {});
  const asked = question.options?.publicKey;
  if (!asked || !question.challenge) return follow(place, question);
  const publicKey = bytesIn(asked);
  const made = place.dataset["passkey"] === "add"
    ? await navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions })
    : await navigator.credentials.get({ publicKey: publicKey as unknown as PublicKeyCredentialRequestOptions });
  if (!(made instanceof PublicKeyCredential)) throw new Error("no passkey");
  follow(place, await post(begin + "/answer", {
    challenge: question.challenge,
    name: place.querySelector("input")?.value ?? "",
    next: place.dataset["next"] ?? "",
    answer: written(made),
  }));
}

async function post(address: string, body: unknown): Promise<Reply> {
  const reply = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
    credentials: "same-origin",
    signal: AbortSignal.timeout(20_000),
  });
  if (reply.headers.get("Content-Type") !== "application/json") throw new Error("no answer");
  return (await reply.json()) as Reply;
}

// A refusal with a place to mend it leads there; else its sentence is said.
function follow(place: HTMLElement, reply: Reply): void {
  if (!reply.go) {
    say(place, reply.text ?? failed(place));
    return;
  }
  const there = new URL(reply.go, location.href);
  const same = there.pathname === location.pathname && there.search === location.search;
  location.assign(there);
  if (same) location.reload(); // only the part behind # differs: the page has news
}

function failed(place: HTMLElement): string {
  return place.dataset["failed"] ?? "";
}

function say(place: HTMLElement, text: string): void {
  let line = place.querySelector<HTMLElement>("[data-passkey-said]");
  if (!line) {
    line = document.createElement("p");
    line.className = "error";
    line.dataset["passkeySaid"] = "";
    line.setAttribute("role", "alert");
    place.append(line);
  }
  line.hidden = text === "";
  line.textContent = text;
}

// Not every browser that knows passkeys reads and writes them as JSON by itself.

function bytesIn(o: Options): object {
  const one = <T extends { id: string }>(c: T): object => ({ ...c, id: bytes(c.id) });
  return {
    ...o,
    challenge: bytes(o.challenge),
    ...(o.user && { user: one(o.user) }),
    ...(o.excludeCredentials && { excludeCredentials: o.excludeCredentials.map(one) }),
    ...(o.allowCredentials && { allowCredentials: o.allowCredentials.map(one) }),
  };
}

function written(c: PublicKeyCredential): object {
  const r = c.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const response: Record<string, unknown> = { clientDataJSON: text(r.clientDataJSON) };
  if (r.attestationObject) {
    response["attestationObject"] = text(r.attestationObject);
    response["transports"] = r.getTransports?.() ?? [];
  } else {
    response["authenticatorData"] = text(r.authenticatorData);
    response["signature"] = text(r.signature);
    if (r.userHandle) response["userHandle"] = text(r.userHandle);
  }
  return {
    id: c.id,
    rawId: text(c.rawId),
    type: c.type,
    authenticatorAttachment: c.authenticatorAttachment,
    clientExtensionResults: c.getClientExtensionResults(),
    response,
  };
}

function bytes(base64url: string): Uint8Array {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  let plain = "";
  for (const b of new Uint8Array(buffer)) plain += String.fromCharCode(b);
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
