import type { Provider, Scope } from "../model/provider.ts";
import type { Page } from "../model/snapshot.ts";
import { list, read, remove, replace, makeDirectory, segment } from "./files.ts";
import { parseText } from "./jsonl.ts";
import { openJournal, readJournal, type Journal } from "./journal.ts";
import { parseScopes } from "./parse.ts";
import { openUnfinished, storedScope, type StoredScope } from "./snapshot-reader.ts";
import { scopePath, writeDetails, writeScope, type CollectedScope } from "./snapshot-writer.ts";

/** Where collection keeps what it reads: each thing is on disk before the next is begun. */
export interface SnapshotStore {
  /** What an unfinished run has found of a provider. */
  scopesOf(provider: Provider): readonly Scope[] | undefined;
  keepScopes(provider: Provider, scopes: readonly Scope[]): Promise<void>;
  /** A scope that needs not be listed again. */
  listed(scope: Scope): StoredScope | undefined;
  /** Nothing was read yet. */
  isEmpty(): boolean;
  /** Pages of the scope that are on disk, of this run or of the one it goes on with. */
  recorded(scope: Scope): Promise<readonly Page[]>;
  journal(scope: Scope): Promise<Journal>;
  save(collected: CollectedScope): Promise<StoredScope>;
  addDetails(stored: StoredScope, details: Omit<CollectedScope, "scope">): Promise<StoredScope>;
}

/**
 * The store of a run directory.
 *
 * `earlier`: a run that came to its end, of which everything is taken over but what is missing in it.
 */
export async function openStore(
  directory: string,
  earlier?: { readonly directory: string; readonly scopes: readonly StoredScope[] },
): Promise<SnapshotStore> {
  const begun = await openUnfinished(directory);
  const scopes = new Map<Provider, readonly Scope[]>();
  for (const provider of new Set((await list(`${directory}/snapshot`)).map(({ name }) => name))) {
    const found = await scopesIn(directory, provider);
    if (found?.[0]) scopes.set(found[0].provider, found);
  }
  const own = new Map(begun.scopes.map((stored) => [keyOf(stored.scope), stored]));
  const old = new Map(earlier?.scopes.map((stored) => [keyOf(stored.scope), stored]));
  for (const [key, stored] of old) {
    if (own.has(key) || stored.gaps.length > 0) continue;
    const collected = { ...stored.record, pages: await stored.pages() };
    await writeScope(directory, collected);
    own.set(key, storedScope(directory, scopePath(stored.scope), stored.record));
  }
  const journalOf = (scope: Scope): string => journalPath(directory, scope);
  let journals = 0;
  const keep = (scope: Scope, record: StoredScope["record"]): StoredScope => {
    const stored = storedScope(directory, scopePath(scope), record);
    own.set(keyOf(scope), stored);
    return stored;
  };
  return {
    scopesOf: (provider) => scopes.get(provider),
    async keepScopes(provider, found) {
      scopes.set(provider, found);
      const folder = `${directory}/snapshot/${provider}`;
      await makeDirectory(folder);
      await replace(`${folder}/${scopesName}`, `${JSON.stringify({ scopes: found })}\n`);
    },
    isEmpty: () => own.size === 0 && journals === 0,
    listed: (scope) => own.get(keyOf(scope)),
    async recorded(scope) {
      const before = own.get(keyOf(scope)) ?? old.get(keyOf(scope));
      return [...((await before?.pages()) ?? []), ...(await readJournal(journalOf(scope)))];
    },
    journal(scope) {
      journals += 1;
      return openJournal(journalOf(scope));
    },
    async save(collected) {
      const record = await writeScope(directory, collected);
      await remove(journalOf(collected.scope));
      return keep(collected.scope, record);
    },
    async addDetails(stored, details) {
      const record = await writeDetails(directory, stored.record, details);
      await remove(journalOf(stored.scope));
      return keep(stored.scope, record);
    },
  };
}

export function journalPath(directory: string, { provider, id }: Scope): string {
  return `${directory}/snapshot/${provider}/${segment(id)}.journal`;
}

const scopesName = "scopes.json";

async function scopesIn(
  directory: string,
  provider: string,
): Promise<readonly Scope[] | undefined> {
  const folder = `${directory}/snapshot/${provider}`;
  if (!(await list(folder)).some(({ name }) => name === scopesName)) return undefined;
  const name = `snapshot/${provider}/${scopesName}`;
  const text = Buffer.from(await read(`${folder}/${scopesName}`)).toString("utf8");
  return parseText(text, name, parseScopes);
}

function keyOf({ provider, id }: Scope): string {
  return `${provider}/${id}`;
}
