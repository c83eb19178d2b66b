/** What changes between two equal runs, and the word that stands for it before an exchange is hashed. */
const volatile: readonly (readonly [pattern: RegExp, placeholder: string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "{uuid}"],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g, "{date}"],
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, "{date}"],
  [/((?:session_?id|sid|token)=)[^&\s"'<>]+/gi, "$1{session}"],
  [/(\b(?:localhost|127\.0\.0\.1|\[::1\])):\d{1,5}\b/g, "$1:{port}"],
  [/(?<=[\s"'=:/])[0-9a-f]{32,}\b/gi, "{session}"],
];

/** Response headers that tell something about the server and not about the moment. */
const telling: readonly string[] = [
  "access-control-allow-headers",
  "access-control-expose-headers",
  "allow",
  "content-encoding",
  "content-type",
  "location",
  "server",
  "www-authenticate",
];

export interface Known {
  readonly ids: readonly string[];
  readonly sessions: readonly string[];
  readonly port?: number;
}

/** The text with everything that differs from run to run replaced by placeholders. */
export function stabilise(text: string, known: Known): string {
  let stable = replaceKnown(text, known);
  for (const [pattern, placeholder] of volatile) stable = stable.replace(pattern, placeholder);
  return stable;
}

/** The same for what we wrote ourselves: nothing in it varies but what is known, unless a server named the path. */
export function stabiliseRequest(text: string, path: string, known: Known): string {
  return ownPath.test(path) ? replaceKnown(text, known) : stabilise(text, known);
}

const ownPath = /^(?:\/[a-z\d.-]{0,32}){1,4}$/;

function replaceKnown(text: string, known: Known): string {
  let stable = text;
  for (const id of known.ids) stable = stable.replaceAll(id, "{id}");
  for (const session of known.sessions) stable = stable.replaceAll(session, "{session}");
  if (known.port !== undefined) stable = stable.replaceAll(`:${known.port}`, ":{port}");
  return stable;
}

/** The part of a response that is hashed: status, telling headers, body. */
export function responseText(
  status: number | undefined,
  headers: ReadonlyMap<string, string>,
  body: string,
): string {
  let text = `${status ?? "no response"}\n`;
  for (const name of telling) {
    const value = headers.get(name);
    if (value !== undefined) text += `${name}: ${value}\n`;
  }
  return `${text}\n${body}`;
}
