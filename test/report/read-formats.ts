/** Cells of RFC 4180, every one quoted. */
export function readCsv(text: string): string[][] {
  return text
    .slice(0, -2)
    .split("\r\n")
    .map((line) => {
      if (!/^"(?:[^"]|"")*"(?:,"(?:[^"]|"")*")*$/.test(line)) throw new Error(`No row: ${line}`);
      return [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell]) => cell!.replaceAll('""', '"'));
    });
}

export interface XmlElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
}

const name = "[a-z]+";
const attribute = ` (${name})="([^<"]*)"`;
const token = new RegExp(`<(/?)(${name})((?:${attribute})*)(/?)>|([^<]+)`, "gy");

/** Elements of an XML 1.0 document without DTD, comments and CDATA; throws where it is not well-formed. */
export function readXml(text: string): XmlElement[] {
  const body = text.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, "");
  refuseText(body);
  const open: string[] = [];
  const elements: XmlElement[] = [];
  let end = 0;
  for (const match of body.matchAll(token)) {
    end = match.index + match[0].length;
    const [, closes, tag, pairs] = match;
    if (open.length === 0 && (tag === undefined ? match[0].trim() : elements.length > 0)) {
      throw new Error("Something beside the root");
    }
    if (tag === undefined) continue;
    if (closes && open.pop() !== tag) throw new Error(`</${tag}> closes nothing`);
    if (closes) continue;
    const attributes = [...pairs!.matchAll(new RegExp(attribute, "g"))];
    elements.push({
      name: tag,
      attributes: Object.fromEntries(attributes.map(([, a, b]) => [a!, b!])),
    });
    if (!match[0].endsWith("/>")) open.push(tag);
  }
  if (end !== body.length || open.length > 0) throw new Error(`Not well-formed after ${end}`);
  return elements;
}

function refuseText(body: string): void {
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(body)) {
    throw new Error("A character that XML has not");
  }
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(body) || body.includes("]]>")) {
    throw new Error("A bare & or ]]>");
  }
}

const series =
  /^[a-z_]+(?:\{[a-z]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z]+="(?:[^"\\\n]|\\["\\n])*")*\})? \d+(?:\.\d+)?$/;

/** Samples by series; throws on a line that is none and on a series that comes twice. */
export function readOpenMetrics(text: string): Map<string, number> {
  if (!text.endsWith("\n# EOF\n")) throw new Error("No end");
  const samples = new Map<string, number>();
  for (const line of text.slice(0, -"# EOF\n".length).trimEnd().split("\n")) {
    if (/^# (?:TYPE [a-z_]+ gauge|HELP [a-z_]+ .+)$/.test(line)) continue;
    if (!series.test(line)) throw new Error(`No sample: ${line}`);
    const at = line.lastIndexOf(" ");
    const key = line.slice(0, at);
    if (samples.has(key)) throw new Error(`Twice: ${key}`);
    samples.set(key, Number(line.slice(at + 1)));
  }
  return samples;
}
