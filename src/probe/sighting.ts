import type { Era, McpTransport } from "../model/server.ts";
import type { Channel } from "./channel.ts";
import type { Identity } from "./protocol.ts";
import type { Reply } from "./transport.ts";

/** A server that proved itself by a protocol result. */
export interface Confirmed {
  readonly kind: "confirmed";
  readonly because: string;
  readonly path: string;
  readonly era: Era;
  readonly transport: McpTransport;
  readonly identity: Identity;
  readonly channel: Channel;
  /** The handshake itself was refused, although the server showed what it is. */
  readonly refusal?: Reply;
}

/** A refusal that may stand in front of an MCP server. */
export interface Refused {
  readonly kind: "refused";
  readonly path: string;
  readonly reply: Reply;
  /** The answer to the question asked before at this path. */
  readonly earlier?: Reply;
}

/** Something that points to MCP and proves nothing. */
export interface Hinted {
  readonly kind: "likely" | "related" | "unknown";
  readonly path: string;
  readonly because: string;
  /** Words on a page for people, which may be about a server elsewhere. */
  readonly onPage?: true;
}

/** No HTTP conversation is possible: further steps would cost the same again. */
export interface Stopped {
  readonly kind: "stopped";
  readonly confidence: "unreachable" | "unknown" | "none";
  readonly because: string;
  /** Asked by another host name, the same port may answer. */
  readonly unknownName?: true;
}

export interface Nothing {
  readonly kind: "nothing";
  readonly path: string;
  readonly reply: Reply;
  /** The answer invites an `initialize` at the same path. */
  readonly indicated: boolean;
  /** Legacy versions that `server/discover` listed: MCP for certain, but to be greeted by `initialize`. */
  readonly proof?: Identity;
  /** The answer to the question asked before at this path. */
  readonly earlier?: Reply;
}

export type Sighting = Confirmed | Refused | Hinted | Stopped | Nothing;
