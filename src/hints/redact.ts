import type { Json, JsonObject } from "../model/json.ts";
import { type Budget, decodeBase64, inflateBudget } from "./decode.ts";
import { needsLint, replaceLinted } from "./lint.ts";
import { placeholder, replaceSecrets, replaceShapes } from "./replace.ts";
import { isSecretValue, secretNamed } from "./secret-names.ts";

/** Base64 within base64 within base64 is followed, no further. */
const levels = 3;
/** Deeper JSON is refused: the page becomes a gap. */
const deepest = 200;

interface Reading {
  readonly key: Uint8Array;
  readonly budget: Budget;
  /** What has been redacted on this page: states, types and ARNs repeat. */
  readonly known: Map<string, string>;
  readonly names: Map<string, ReturnType<typeof secretNamed>>;
}

function newReading(key: Uint8Array): Reading {
  return { key, budget: { left: inflateBudget }, known: new Map(), names: new Map() };
}

/** Where in a page a value stands. */
interface Place {
  /** The name that says what the value is: its key, or the name of a `{name, value}` pair. */
  readonly name: string;
  readonly userData: boolean;
  /** An object here points to a secret. */
  readonly pointer: boolean;
  /** Inside an object that points to a secret: its member `secret` is a name. */
  readonly pointed: boolean;
  readonly depth: number;
}

/** The page with every secret replaced by `[secret:<type>:<fingerprint>]`; user data is stored decoded. */
export function redactPage(body: Json, key: Uint8Array): Json {
  const start = { name: "", userData: false, pointer: false, pointed: false, depth: 0 };
  return redactValue(body, start, newReading(key));
}

/** One text with every secret replaced, also those inside base64, gzip and MIME parts. */
export function redactText(text: string, key: Uint8Array): string {
  return redactLevel(text, 0, newReading(key));
}

function redactValue(value: Json, place: Place, reading: Reading): Json {
  if (place.depth > deepest) throw new RangeError(`JSON is nested deeper than ${deepest}`);
  if (typeof value === "string") return redactString(value, place, reading);
  if (typeof value !== "object" || value === null) return value;
  return isList(value) ? redactList(value, place, reading) : redactObject(value, place, reading);
}

function redactList(list: readonly Json[], place: Place, reading: Reading): Json {
  return list.map((item, index) => {
    const before = list[index - 1];
    // `["--password", "hunter2"]`
    const flag = typeof before === "string" && /^--?[\w-]{1,60}$/.test(before) ? before : undefined;
    const name = flag ?? place.name;
    return redactValue(item, { ...place, name, depth: place.depth + 1 }, reading);
  });
}

const pairNames = ["name", "Name", "key", "Key", "ParameterKey"] as const;
const pairValues: ReadonlySet<string> = new Set(["value", "Value", "ParameterValue"]);
const pointerNames =
  /^(?:\w*ref|\w*reference|valueFrom|valueSource|secret|secretEnvironmentVariables|secretVolumes)$/i;
const userDataNames = /^(?:user[-_]?data|custom[-_]?data)$/i;

function redactObject(object: JsonObject, place: Place, reading: Reading): JsonObject {
  const pairName = pairNames.map((key) => object[key]).find((name) => typeof name === "string");
  const entries = Object.entries(object).map(([key, value]): [string, Json | undefined] => {
    if (value === undefined) return [key, value];
    const paired = pairValues.has(key);
    const name = paired ? (pairName ?? place.name) : key;
    const userData = userDataNames.test(name) || (paired && place.userData);
    const pointer = pointerNames.test(key);
    const pointed = place.pointer;
    const safeKey = key.length < 16 ? key : replaceShapes(key, reading.key);
    return [
      safeKey,
      redactValue(value, { name, userData, pointer, pointed, depth: place.depth + 1 }, reading),
    ];
  });
  return Object.fromEntries(entries);
}

function redactString(text: string, place: Place, reading: Reading): string {
  const { name, userData, pointed } = place;
  if (userData) return redactUserData(text, reading);
  const type = pointed && name === "secret" ? undefined : typeOf(name, reading);
  if (type === undefined || !isSecretValue(type, text)) return redactUnnamed(text, reading);
  const [, exact] =
    /^x="(\[secret:[^\]]+\])"$/.exec(replaceShapes(`x="${text}"`, reading.key)) ??
    /^\S+="(\[secret:[^\]]+\])"$/.exec(replaceShapes(`${name}="${text}"`, reading.key)) ??
    [];
  return exact ?? placeholder(type, text, reading.key);
}

function typeOf(name: string, { names }: Reading): ReturnType<typeof secretNamed> {
  if (!names.has(name)) names.set(name, secretNamed(name));
  return names.get(name);
}

function redactUnnamed(text: string, reading: Reading): string {
  if (text.length > 200) return redactLevel(text, 0, reading);
  const known = reading.known.get(text);
  if (known !== undefined) return known;
  const redacted = redactLevel(text, 0, reading);
  reading.known.set(text, redacted);
  return redacted;
}

function redactUserData(text: string, reading: Reading): string {
  const decoded = decodeBase64(text, reading.budget);
  if (decoded?.kind === "text") return redactLevel(decoded.text, 1, reading);
  // Short words are base64 by accident.
  if (decoded && text.length >= 40) return `[binary: ${decoded.because}]`;
  return redactLevel(text, 0, reading);
}

function redactLevel(text: string, level: number, reading: Reading): string {
  const plain =
    text.length < 16 ? text : decodeRuns(decodeMime(text, level, reading), level, reading);
  return replaceSecrets(plain, reading.key);
}

/** RFC 2045 section 6: the body of a part that says it is base64. */
function decodeMime(text: string, level: number, reading: Reading): string {
  if (level >= levels) return text;
  const header = /content-transfer-encoding:[ \t]{0,10}base64/gi;
  let out = "";
  let copied = 0;
  for (let match = header.exec(text); match; match = header.exec(text)) {
    const blank = /\r?\n\r?\n/g;
    blank.lastIndex = match.index;
    const start = blank.exec(text) ? blank.lastIndex : text.length;
    const boundary = text.indexOf("\n--", start);
    const end = boundary === -1 ? text.length : boundary;
    const decoded = decodeBase64(text.slice(start, end), reading.budget);
    if (decoded === undefined) continue;
    const body =
      decoded.kind === "text"
        ? redactLevel(decoded.text, level + 1, reading)
        : `[binary: ${decoded.because}]`;
    out += `${text.slice(copied, match.index)}Content-Transfer-Encoding: 8bit`;
    out += text.slice(match.index + match[0].length, start) + body;
    copied = end;
    header.lastIndex = end;
  }
  return out + text.slice(copied);
}

/** Base64 wrapped over lines, then on one line. */
const runs: readonly RegExp[] = [
  /(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{40,76}\r?\n[ \t]{0,40}){1,20000}[A-Za-z0-9+/]{1,76}={0,2}/g,
  /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}={0,2}/g,
];

/** Runs that decode to text with a secret in it are stored decoded; all others stay as they are. */
function decodeRuns(text: string, level: number, reading: Reading): string {
  let out = text;
  for (const run of runs) out = out.replaceAll(run, (match) => decodeRun(match, level, reading));
  return out;
}

function decodeRun(run: string, level: number, reading: Reading): string {
  // No text of this length encodes without a capital letter; ids in hex do.
  if (!/[A-Z]/.test(run)) return run;
  const decoded = decodeBase64(run, reading.budget);
  if (decoded?.kind !== "text") {
    return decoded?.because.startsWith("gzip") ? `[binary: ${decoded.because}]` : run;
  }
  if (level >= levels) return "[base64 not decoded: nested too deep]";
  const redacted = redactLevel(decoded.text, level + 1, reading);
  return redacted === decoded.text ? run : redacted;
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

/** The page, redacted, with what only the linter knows replaced as well. */
export async function redactPageLinted(body: Json, key: Uint8Array): Promise<Json> {
  const redacted = redactPage(body, key);
  const seen = new Map<string, boolean>();
  collect(redacted, seen);
  const candidates = [...seen].filter(([, candidate]) => candidate);
  const replaced = new Map<string, string>();
  for (const [text] of candidates) {
    const linted = await replaceLinted(text, key);
    if (linted !== text) replaced.set(text, linted);
  }
  return replaced.size === 0 ? redacted : withReplaced(redacted, replaced);
}

/** Every text of the value once, with whether the linter has to read it: most texts of a page repeat. */
function collect(value: Json, seen: Map<string, boolean>): void {
  if (typeof value === "string") {
    if (value.length >= 16 && !seen.has(value)) seen.set(value, needsLint(value));
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const members: readonly (Json | undefined)[] = Object.values(value);
  for (const member of members) if (member !== undefined) collect(member, seen);
}

function withReplaced(value: Json, replaced: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") return replaced.get(value) ?? value;
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((item) => withReplaced(item, replaced));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]): [string, Json | undefined] => [
      name,
      member === undefined ? member : withReplaced(member, replaced),
    ]),
  );
}
