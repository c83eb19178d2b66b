import type { Certificate, TlsFacts } from "../model/server.ts";

/** As much of a TLS socket as is read here; `Key` is whatever the certificate's own key is. */
interface Handshaken<Key> {
  getProtocol(): string | null;
  getPeerX509Certificate(): Presented<Key> | undefined;
}

interface Presented<Key> {
  readonly fingerprint256: string;
  readonly subjectAltName: string | undefined;
  readonly subject: string;
  readonly issuer: string;
  readonly validTo: string;
  readonly publicKey: Key;
  verify(key: Key): boolean;
}

/** What a finished handshake shows of the peer. */
export function tlsFacts<Key>(socket: Handshaken<Key>): TlsFacts {
  const version = socket.getProtocol();
  const certificate = socket.getPeerX509Certificate();
  return {
    mode: "tls",
    ...(version !== null && { version }),
    ...(certificate && { certificate: factsOf(certificate) }),
  };
}

/** Read once each: a balancer shows the same certificate for every name, and checking a signature costs a handshake. */
const read = new Map<string, Certificate>();
const mostRead = 512;

function factsOf<Key>(certificate: Presented<Key>): Certificate {
  const { fingerprint256 } = certificate;
  const before = read.get(fingerprint256);
  if (before) return before;
  const facts = {
    sha256: fingerprint256.replaceAll(":", "").toLowerCase(),
    names: namesOf(certificate.subjectAltName),
    notAfter: timeOf(certificate.validTo),
    selfSigned:
      certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey),
  };
  if (read.size >= mostRead) read.clear();
  read.set(fingerprint256, facts);
  return facts;
}

/** Empty for a date that cannot be read: a handshake does not check it. */
function timeOf(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? "" : new Date(time).toISOString();
}

function namesOf(subjectAltName: string | undefined): string[] {
  return (subjectAltName ?? "")
    .split(", ")
    .flatMap((entry) => /^(?:DNS|IP Address):([\x21-\x7e]{1,253})$/.exec(entry)?.[1] ?? [])
    .slice(0, 100);
}
