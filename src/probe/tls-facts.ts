import type { TLSSocket } from "node:tls";
import type { TlsFacts } from "../model/server.ts";

/** What a finished handshake shows of the peer. */
export function tlsFacts(socket: TLSSocket): TlsFacts {
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
          certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey),
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
