import { Socket } from "node:net";

/** Some SDKs ignore an endpoint override silently; a test that would leave the machine fails here instead. */
// oxlint-disable-next-line typescript/unbound-method -- called below with the socket as its receiver
const connect = Socket.prototype.connect;

/** Files of tests that share a process each run this; one guard is enough. */
const guarded = Symbol.for("postern: loopback only");

if (!(guarded in connect)) Socket.prototype.connect = Object.assign(guard, { [guarded]: true });

function guard(this: Socket, ...args: unknown[]): Socket {
  const host = hostOf(args);
  if (host !== undefined && !/^(127\.\d+\.\d+\.\d+|::1|localhost|::ffff:127\..*)$/.test(host)) {
    throw new Error(`A test tried to connect to ${host}: only loopback is allowed`);
  }
  return Reflect.apply(connect, this, args);
}

function hostOf(args: readonly unknown[]): string | undefined {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === "object" && first !== null && !("path" in first && first.path)) {
    return "host" in first && typeof first.host === "string" ? first.host : undefined;
  }
  return typeof second === "string" ? second : undefined;
}
