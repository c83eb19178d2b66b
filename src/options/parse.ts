import { PosternError } from "../errors.ts";
import type { Vantage } from "../model/report.ts";

/** Where a connection to (host, port) really goes. IPv6 addresses without brackets. */
export interface ConnectTo {
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly connectPort: number;
}

const host = String.raw`(?:\[([0-9A-Fa-f:.]+)\]|([^:\[\]\s]+))`;
const port = String.raw`(\d{1,5})`;
const connectTo = new RegExp(`^${host}:${port}:${host}?:${port}?$`);

/**
 * `HOST:PORT:ADDR:PORT`, IPv6 in brackets. As in curl an empty ADDR or second PORT stays what it was; unlike in curl
 * HOST and the first PORT cannot be empty, because a probe must never be sent elsewhere by a catch-all.
 *
 * @see https://curl.se/docs/manpage.html#--connect-to
 */
export function parseConnectTo(text: string): ConnectTo {
  const match = text.length > 1024 ? null : connectTo.exec(text);
  const [, hostV6, hostName = "", fromPort = "", addressV6, addressName, toPort = fromPort] =
    match ?? [];
  const from = (hostV6 ?? hostName).toLowerCase();
  const rule = {
    host: from,
    port: Number(fromPort),
    address: addressV6 ?? addressName ?? from,
    connectPort: Number(toPort),
  };
  if (!match || !isPort(rule.port) || !isPort(rule.connectPort)) {
    throw new PosternError(
      "OPTION_INVALID",
      `--connect-to ${shown(text)} is not HOST:PORT:ADDR:PORT`,
      {
        hint: "Write for example 203.0.113.7:443:127.0.0.1:8443 or [2001:db8::7]:443:[::1]:8443.",
      },
    );
  }
  return rule;
}

function isPort(number: number): boolean {
  return number >= 1 && number <= 65_535;
}

export interface FormatRequest {
  /** Whether it is a known one is the format registry's to say. */
  readonly name: string;
  /** Absent: standard output. */
  readonly file?: string;
}

/** `NAME` or `NAME=FILE`; the file may itself hold equals signs. */
export function parseFormat(text: string): FormatRequest {
  const match = /^([a-z][a-z0-9.-]*)(?:=(.+))?$/s.exec(text);
  const [, name, file] = match ?? [];
  if (name === undefined) {
    throw new PosternError("OPTION_INVALID", `--format ${shown(text)} is not NAME or NAME=FILE`, {
      hint: "Write for example --format json, or --format sarif=postern.sarif.",
    });
  }
  return file === undefined ? { name } : { name, file };
}

/** `internet`, `inside`, or `inside:NETWORK` with any name for the network. */
export function parseVantage(text: string): Vantage {
  if (text === "internet") return { kind: "internet" };
  const [, network] = /^inside(?::(.+))?$/s.exec(text) ?? [];
  if (network !== undefined) return { kind: "inside", network };
  if (text === "inside") return { kind: "inside" };
  throw new PosternError("OPTION_INVALID", `--vantage ${shown(text)} is not known`, {
    hint: "Write internet, inside, or inside:NETWORK.",
  });
}

/** @throws {PosternError} OPTION_INVALID for what cannot stand in a header (RFC 9110 section 5.5). */
export function parseUserAgent(text: string): string {
  if (text.length <= 256 && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text)) return text;
  throw new PosternError("OPTION_INVALID", `--user-agent ${shown(text)} cannot stand in a header`, {
    hint: "Use up to 256 printable ASCII characters.",
  });
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
}
