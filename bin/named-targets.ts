import { lookup } from "node:dns/promises";
import { readFile, stat } from "node:fs/promises";
import {
  admitAddresses,
  canonicalHost,
  distinctTargets,
  isAddress,
  parseTarget,
  parseTargetFile,
  PosternError,
  targetLimits,
  toTarget,
  type NamedTarget,
  type Report,
  type Target,
} from "../src/index.ts";
import type { ConnectTo } from "../src/options/parse.ts";

export interface Admitted {
  readonly targets: readonly Target[];
  readonly skipped: Report["coverage"]["probe"]["skipped"];
}

/**
 * What the words of the command line stand for. A word that names a file is read as a file of targets.
 *
 * @throws {PosternError} OPTION_INVALID, TARGET_REFUSED, FILE_UNREADABLE.
 */
export async function namedTargets(words: readonly string[]): Promise<readonly NamedTarget[]> {
  const named = await Promise.all(words.map(async (word) => ofWord(word)));
  return distinctTargets(named.flat());
}

async function ofWord(word: string): Promise<readonly NamedTarget[]> {
  if (word.includes("://")) return parseTarget(word);
  const file = await stat(word).catch(() => undefined);
  if (!file?.isFile() && !word.includes("/")) return parseTarget(word);
  if (!file?.isFile()) throw unreadable(word, "cannot be read");
  if (file.size > targetLimits.file) throw unreadable(word, "is larger than 1 MiB");
  const content = await readFile(word, "utf8").catch((cause: unknown) => {
    throw unreadable(word, "cannot be read", cause);
  });
  return parseTargetFile(word, content);
}

/**
 * Resolves each host once and pins the address. Nothing is sent unless every target may be contacted.
 *
 * @throws {PosternError} TARGET_REFUSED, ENDPOINT_UNREACHABLE when no name resolves.
 */
export async function admit(
  named: readonly NamedTarget[],
  options: { readonly owned: boolean; readonly connectTo: readonly ConnectTo[] },
): Promise<Admitted> {
  const dialled = named.map((target) => {
    const redirect = options.connectTo.find(
      ({ host, port }) => port === target.port && canonicalHost(host) === target.host,
    );
    return { target, redirect, host: redirect?.address ?? target.host };
  });
  const hosts = [...new Set(dialled.map(({ host }) => host))];
  const found = new Map(
    await Promise.all(hosts.map(async (host) => [host, await addressesOf(host)] as const)),
  );
  const targets: Target[] = [];
  const skipped = new Map<string, Report["coverage"]["probe"]["skipped"][number]>();
  for (const { target, redirect, host } of dialled) {
    const [first, ...others] = found.get(host) ?? [];
    if (first === undefined) {
      skipped.set(host, { target: host, because: "The name does not resolve to an address." });
      continue;
    }
    const pinned = admitAddresses(host, [first, ...others], options.owned);
    targets.push(toTarget(target, pinned, redirect?.connectPort));
  }
  if (targets.length === 0) {
    throw new PosternError(
      "ENDPOINT_UNREACHABLE",
      `${hosts[0] ?? "The list of targets"} ${hosts[0] === undefined ? "is empty" : "does not resolve to an address"}`,
      { hint: "Check the spelling, or name an address." },
    );
  }
  return { targets, skipped: [...skipped.values()] };
}

/** IPv4 first: most servers listen there, and one address of a name is dialled. */
async function addressesOf(host: string): Promise<readonly string[]> {
  if (isAddress(host)) return [host];
  const found = await lookup(host, { all: true, order: "ipv4first" }).catch(() => []);
  return found.map(({ address }) => address);
}

function unreadable(file: string, what: string, cause?: unknown): PosternError {
  return new PosternError("FILE_UNREADABLE", `The file of targets ${file} ${what}`, {
    hint: "Check the path; a URL begins with http:// or https://.",
    cause,
  });
}
