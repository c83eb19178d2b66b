import { PosternError } from "../errors.ts";
import type { Vantage } from "../model/report.ts";

export interface ConnectTo {
  /** What is meant; an empty string stands for any host. IPv6 without brackets. */
  readonly host: string;
  /** Absent: any port. */
  readonly port?: number;
  /** Where the connection really goes; an empty string keeps the host. */
  readonly address: string;
  /** Absent: keeps the port. */
  readonly toPort?: number;
}

const host = String.raw`(?:\[([0-9A-Fa-f:.%]+)\]|([^:\[\]\s]*))`;
const port = String.raw`(\d{1,5})?`;
const connectTo = new RegExp(`^${host}:${port}:${host}:${port}$`);

/**
 * `HOST:PORT:ADDR:PORT`, IPv6 in brackets, each part may be empty, as in curl.
 *
 * @see https://curl.se/docs/manpage.html#--connect-to
 */
export function parseConnectTo(text: string): ConnectTo {
  const match = text.length > 1024 ? null : connectTo.exec(text);
  const [, hostV6, hostName, fromPort, addressV6, addressName, toPort] = match ?? [];
  const ports = [fromPort, toPort].map((digits) => (digits === undefined ? 1 : Number(digits)));
  if (!match || ports.some((number) => number < 1 || number > 65_535)) {
    throw new PosternError(
      "OPTION_INVALID",
      `--connect-to ${shown(text)} is not HOST:PORT:ADDR:PORT`,
      {
        hint: "Write it as in curl, for example 203.0.113.7:443:127.0.0.1:8443 or [2001:db8::7]:443:[::1]:8443.",
      },
    );
  }
  return {
    host: (hostV6 ?? hostName ?? "").toLowerCase(),
    ...(fromPort !== undefined && { port: Number(fromPort) }),
    address: addressV6 ?? addressName ?? "",
    ...(toPort !== undefined && { toPort: Number(toPort) }),
  };
}

/** The first rule that applies to (host, port), as in curl; undefined when none does. */
export function redirect(
  rules: readonly ConnectTo[],
  from: { readonly host: string; readonly port: number },
): { readonly address: string; readonly port: number } | undefined {
  const rule = rules.find(
    (candidate) =>
      (candidate.host === "" || candidate.host === from.host.toLowerCase()) &&
      (candidate.port === undefined || candidate.port === from.port),
  );
  return (
    rule && {
      address: rule.address === "" ? from.host : rule.address,
      port: rule.toPort ?? from.port,
    }
  );
}

export interface FormatRequest {
  /** Whether it is a known one is the format registry's to say. */
  readonly name: string;
  /** Absent: standard output. */
  readonly file?: string;
}

/** `NAME` or `NAME=FILE`; the file may itself hold equals signs. */
export function parseFormat(text: string): FormatRequest {
  const match = /^([a-z][a-z0-9-]*)(?:=(.+))?$/s.exec(text);
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

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
}
