import type { TlsFacts } from "../model/server.ts";

/** As much of a TLS socket as is read here; `Key` is whatever the certificate's own key is. */
interface Handshaken<Key> {
  getProtocol(): string | null;
  getPeerX509Certificate():
    | {
        readonly fingerprint256: string;
        readonly subjectAltName: string | undefined;
        readonly subject: string;
        readonly issuer: string;
        readonly validTo: string;
        readonly publicKey: Key;
        verify(key: Key): boolean;
      }
    | undefined;
}

/** What a finished handshake shows of the peer. */
export function tlsFacts<Key>(socket: Handshaken<Key>): TlsFacts {
  const version = socket.getProtocol();
  const certificate = socket.getPeerX509Certificate();
  return {
    mode: "tls",
    ...(version !== null && { version }),
    ...(certificate && {
      certificate: {
        sha256: certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
        names: namesOf(certificate.subjectAltName),
        notAfter: new Date(certificate.validTo).toISOString(),
        selfSigned:
          certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey),
      },
    }),
  };
}

function namesOf(subjectAltName: string | undefined): string[] {
  return (subjectAltName ?? "")
    .split(", ")
    .flatMap((entry) => /^(?:DNS|IP Address):([\x21-\x7e]{1,253})$/.exec(entry)?.[1] ?? [])
    .slice(0, 100);
}
