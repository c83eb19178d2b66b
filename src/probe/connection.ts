import { connect as connectTcp, isIP, type Socket } from "node:net";
import {
  connect as connectTls,
  createSecureContext,
  type SecureContext,
  type TLSSocket,
} from "node:tls";
import type { TlsFacts } from "../model/server.ts";
import { refuseAddress } from "./address.ts";
import { codeOf } from "./ends.ts";
import { parkConnection, type ParkedConnection } from "./parked.ts";
import { tlsFacts } from "./tls-facts.ts";

export interface Dial {
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
  /** Host header: the name in it is the SNI, and a connection is used again only for the same. */
  readonly host: string;
  /** Where a connection waits between two requests; without it each request has one of its own. */
  readonly parked?: Parked;
  /** TLS sessions by host name: a server that closes after each answer is not made to sign each time. */
  readonly sessions?: Map<string, Buffer>;
}

/** What a conversation over a connection is told. */
export interface Listener {
  onReady(): void;
  onData(chunk: Buffer): void;
  onError(code: string): void;
  onClose(): void;
  onRefused(reason: string): void;
}

export interface Connection {
  readonly tls: TlsFacts;
  readonly usable: boolean;
  /** Whoever speaks over it now; while nobody does, whatever arrives ends it. */
  listener: Listener | undefined;
  write(text: string): void;
  destroy(): void;
}

export type Parked = ParkedConnection<Connection>;

export function park(): Parked {
  return parkConnection<Connection>();
}

const noTls: TlsFacts = { mode: "none" };

/** Listens once for as long as the connection lasts: one conversation follows another without subscribing anew. */
export function openConnection(dial: Dial, listener: Listener): Connection {
  const { socket, handshaken } = open(dial);
  let usable = true;
  let tls = noTls;
  const connection: Connection = {
    listener,
    get tls() {
      return tls;
    },
    get usable() {
      return usable;
    },
    write(text) {
      socket.write(text);
    },
    destroy,
  };

  function destroy(): void {
    usable = false;
    connection.listener = undefined;
    socket.destroy();
  }

  socket.once(dial.tls ? "secureConnect" : "connect", () => {
    if (handshaken) tls = tlsFacts(handshaken);
    connection.listener?.onReady();
  });
  socket.on("data", (chunk: Buffer) => {
    if (connection.listener) connection.listener.onData(chunk);
    else destroy();
  });
  socket.on("end", () => {
    usable = false;
    if (!connection.listener) destroy();
  });
  socket.on("error", (error) => {
    usable = false;
    connection.listener?.onError(codeOf(error));
  });
  socket.on("close", () => {
    usable = false;
    connection.listener?.onClose();
  });
  if (isIP(dial.address) === 0) {
    socket.on("lookup", (_error, address) => {
      const refusal = address === undefined ? undefined : refuseAddress(address);
      if (refusal !== undefined) connection.listener?.onRefused(refusal);
    });
  }
  return connection;
}

/** One for all connections: making it costs more than a handshake. */
let anyPeer: SecureContext | undefined;

function open({ address, port, tls, host, sessions }: Dial): {
  socket: Socket;
  handshaken?: TLSSocket;
} {
  const where = { host: address.replace(/^\[|\]$/g, ""), port, autoSelectFamily: false };
  if (!tls) return { socket: connectTcp(where) };
  const servername = nameIn(host);
  const session = sessions?.get(host);
  const socket = connectTls({
    ...where,
    rejectUnauthorized: false,
    ALPNProtocols: ["http/1.1"],
    secureContext: (anyPeer ??= createSecureContext({ minVersion: "TLSv1" })),
    ...(isIP(servername) === 0 && { servername }),
    ...(session && { session }),
  });
  if (sessions) {
    socket.on("session", (fresh: Buffer) => {
      sessions.set(host, fresh);
    });
  }
  return { socket, handshaken: socket };
}

function nameIn(host: string): string {
  return host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
}
