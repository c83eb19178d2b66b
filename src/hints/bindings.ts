/** Where a command says that it listens. */
export interface Binding {
  readonly address?: string;
  readonly port?: number;
}

const addressSigns: readonly RegExp[] = [
  /--(?:host|bind|listen|address|bind-address|allowed-host)[ =]["']?(?<address>\[[0-9a-f:]+\]|[0-9a-f]*::[0-9a-f:]*|localhost|\d{1,3}(?:\.\d{1,3}){3})/i,
  /\b(?:HOST|BIND|BIND_ADDRESS|LISTEN_ADDR(?:ESS)?|[A-Z_]+_HOST)\s*[=:]\s*["']?(?<address>\[[0-9a-f:]+\]|::|localhost|\d{1,3}(?:\.\d{1,3}){3})/,
  /\bhost\s*[=:]\s*["'](?<address>::|localhost|\d{1,3}(?:\.\d{1,3}){3})["']/,
  /\bASPNETCORE_URLS\s*[=:]\s*["']?https?:\/\/(?<address>\+|\*|localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\])/i,
];

const portSigns: readonly RegExp[] = [
  /\s(?:-p|--publish)[ =](?:\d{1,3}(?:\.\d{1,3}){3}:)?(?<port>\d{2,5}):\d{2,5}\b/,
  /--(?:port|http-port|listen-port|server-port)[ =]["']?(?<port>\d{2,5})\b/i,
  /\b(?:PORT|[A-Z_]+_PORT)\s*[=:]\s*["']?(?<port>\d{2,5})\b/,
  /\bport\s*[=:]\s*["']?(?<port>\d{2,5})\b/,
  /--(?:listen|bind|address|addr)[ =]["']?(?:\[[0-9a-f:]+\]|[\w.]*):(?<port>\d{2,5})\b/i,
  /\bASPNETCORE_URLS\s*[=:]\s*["']?https?:\/\/[^\s:]+:(?<port>\d{2,5})\b/i,
];

const names: Readonly<Record<string, string>> = {
  localhost: "127.0.0.1",
  "+": "0.0.0.0",
  "*": "0.0.0.0",
};

/** Address and port that a command, script or variable names; the first of each. */
export function bindingsOf(text: string): Binding {
  const address = firstGroup(addressSigns, text, "address")?.replaceAll(/[[\]]/g, "");
  const port = Number(firstGroup(portSigns, text, "port") ?? 0);
  return {
    ...(address === undefined
      ? {}
      : { address: Object.hasOwn(names, address) ? (names[address] ?? address) : address }),
    ...(port > 0 && port <= 65_535 ? { port } : {}),
  };
}

function firstGroup(signs: readonly RegExp[], text: string, group: string): string | undefined {
  for (const sign of signs) {
    const found = sign.exec(text)?.groups?.[group];
    if (found !== undefined) return found;
  }
  return undefined;
}
