import { PosternError } from "../errors.ts";
import { stableId } from "../hash.ts";
import type { Target } from "../model/server.ts";
import { parseAddress } from "../net/address.ts";
import { refuseAddress } from "../probe/address.ts";
import { portRanks } from "../probe/ports.ts";

/** What one `probe` run takes. Characters of one target; bytes of a file; targets after hosts became ports. */
export const targetLimits = { text: 2048, file: 1024 * 1024, targets: 10_000 } as const;

/** A target as it was named, before its host is resolved. */
export interface NamedTarget {
  /** Canonical address without brackets, or a name in lower case. */
  readonly host: string;
  readonly port: number;
  readonly tls: Target["tls"];
  readonly paths: readonly string[];
}

const forms =
  "https://HOST/PATH, HOST:PORT, [IPV6]:PORT, HOST, or the path of a file of such lines";
const name = /^[a-z0-9_](?:[a-z0-9_-]|\.(?!\.)){0,252}$/;

/**
 * One word of the command line or line of a file. A host without a port stands for the ports where MCP servers are
 * found, most likely first.
 *
 * @throws {PosternError} OPTION_INVALID, TARGET_REFUSED for link-local and metadata addresses.
 */
export function parseTarget(text: string): readonly NamedTarget[] {
  if (text.length > targetLimits.text) {
    throw invalid(text, `is longer than ${targetLimits.text} characters`);
  }
  if (!/^[\x21-\x7e\u00a0-\uffff]+$/.test(text))
    throw invalid(text, "holds spaces or control characters");
  const found = text.includes("://") ? [parseUrl(text)] : parsePlace(text);
  for (const { host } of found) refuseAlways(host);
  return found;
}

/**
 * The lines of a file: one target each, blank lines and those that begin with # left out.
 *
 * @throws {PosternError} as `parseTarget`, with file and line.
 */
export function parseTargetFile(file: string, content: string): readonly NamedTarget[] {
  return content.split("\n").flatMap((line, index) => {
    const text = line.trim();
    if (text === "" || text.startsWith("#")) return [];
    try {
      return parseTarget(text);
    } catch (error) {
      if (!(error instanceof PosternError)) throw error;
      const { code, message, hint } = error;
      throw new PosternError(code, `${file}:${index + 1}: ${message}`, { hint });
    }
  });
}

/** The spelling that `NamedTarget.host` has; what is no host stays as it is. */
export function canonicalHost(host: string): string {
  const url = `http://${host.includes(":") ? `[${host}]` : host}/`;
  return URL.canParse(url) ? plainHost(new URL(url).hostname) : host;
}

/** Each target once. @throws {PosternError} OPTION_INVALID for more than `targetLimits.targets`. */
export function distinctTargets(named: readonly NamedTarget[]): readonly NamedTarget[] {
  const distinct = [...new Map(named.map((target) => [idOf(target), target])).values()];
  if (distinct.length <= targetLimits.targets) return distinct;
  throw new PosternError(
    "OPTION_INVALID",
    `${distinct.length} targets are more than the ${targetLimits.targets} of one run`,
    { hint: "Split the file, or name ports: a host without one stands for several." },
  );
}

function parseUrl(text: string): NamedTarget {
  if (!URL.canParse(text)) throw invalid(text, "is not a URL");
  const { protocol, hostname, port, pathname, username, password, search, hash } = new URL(text);
  if (protocol !== "http:" && protocol !== "https:") throw invalid(text, "is not http or https");
  if (username !== "" || password !== "")
    throw invalid(`${protocol}//...@${hostname}`, "holds credentials, which are never sent");
  if (search !== "" || hash !== "")
    throw invalid(text, "holds a query or fragment, which is never sent");
  const tls = protocol === "https:" ? "https" : "http";
  const number = port === "" ? { http: 80, https: 443 }[tls] : Number(port);
  if (number === 0) throw invalid(text, "has port 0");
  const paths = pathname === "/" ? [] : [pathname];
  return { host: hostOf(text, hostname), port: number, tls, paths };
}

function parsePlace(text: string): readonly NamedTarget[] {
  const bare = text.split(":").length > 2 && !text.startsWith("[");
  const [, host = "", port] = bare
    ? [text, `[${text}]`]
    : (/^(\[[^\]]*\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(text) ?? []);
  if (host === "" || /[/?#@\\%]/.test(host) || !URL.canParse(`http://${host}/`)) {
    throw invalid(text, "is no target");
  }
  const { hostname } = new URL(`http://${host}/`);
  const place = { host: hostOf(text, hostname), tls: "unknown", paths: [] } as const;
  if (port === undefined) return portRanks.map((rank) => Object.assign({ port: rank.port }, place));
  const number = Number(port);
  if (number < 1 || number > 65_535) throw invalid(text, "has a port outside 1-65535");
  return [{ ...place, port: number }];
}

function hostOf(text: string, hostname: string): string {
  const host = plainHost(hostname);
  if (!isAddress(host) && !name.test(host)) throw invalid(text, "has no usable host");
  return host;
}

function plainHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

/**
 * Which of the addresses a host stands for is dialled. Every one of them is checked, because the next answer of a name
 * server may lead with another.
 *
 * @throws {PosternError} TARGET_REFUSED.
 */
export function admitAddresses(
  host: string,
  addresses: readonly [string, ...string[]],
  owned: boolean,
): string {
  for (const address of addresses) refuseAlways(address, host);
  const foreign = addresses.find((address) => !isLoopback(address));
  if (foreign === undefined || owned) return addresses[0];
  throw new PosternError(
    "TARGET_REFUSED",
    `${host}${foreign === host ? "" : ` (${foreign})`} is not on this machine, and probing systems without permission may be illegal`,
    { hint: "Add --i-own-this if you own the target or have its owner's permission." },
  );
}

function refuseAlways(address: string, host = address): void {
  const reason = refuseAddress(address);
  if (reason === undefined) return;
  throw new PosternError("TARGET_REFUSED", `${shown(host)} is never contacted: ${reason}`, {
    hint: "Leave it out; no option lifts this.",
  });
}

/** `pinned` is the address of the host, or where `--connect-to` leads when `redirectPort` is given. */
export function toTarget(named: NamedTarget, pinned: string, redirectPort?: number): Target {
  const { host, port, tls, paths } = named;
  const redirected = redirectPort !== undefined;
  return {
    id: idOf(named),
    address: redirected ? host : pinned,
    port,
    family: pinned.includes(":") ? "ipv6" : "ipv4",
    // Servers that check the Host header let localhost in: sent first, it would hide that they check nothing else.
    hosts: isAddress(host) || host === "localhost" ? [] : [host],
    paths,
    tls,
    scalesToZero: false,
    ...(redirected && { connect: { address: pinned, port: redirectPort } }),
  };
}

export function isAddress(host: string): boolean {
  return parseAddress(host) !== undefined;
}

export function isLoopback(address: string): boolean {
  const parsed = parseAddress(address);
  if (!parsed) return false;
  if (parsed.family === "ipv4") return Math.floor(Number(parsed.value) / 2 ** 24) === 127;
  return parsed.value === 1n;
}

function idOf({ host, port, tls, paths }: NamedTarget): string {
  return stableId("target", host, String(port), tls, ...paths);
}

function invalid(text: string, what: string): PosternError {
  return new PosternError("OPTION_INVALID", `${shown(text)} ${what}`, { hint: `Write ${forms}.` });
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
}
