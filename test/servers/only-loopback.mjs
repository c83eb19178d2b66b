/** Preloaded into every server of the fleet: they listen on 127.0.0.1 only, whatever they would choose, and reach nothing else. */
import { Server, Socket } from "node:net";

const loopback = /^(127\.\d+\.\d+\.\d+|::1|localhost|::ffff:127\..*)$/;
const everywhere = new Set([undefined, "", "::", "0.0.0.0", "localhost"]);

const connect = Socket.prototype.connect;
Socket.prototype.connect = function guarded(...args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const isOptions = typeof first === "object" && first !== null;
  const host = isOptions ? first.host : second;
  const local = isOptions ? first.path !== undefined : Number.isNaN(Number(first));
  if (local || typeof host !== "string" || loopback.test(host)) {
    return Reflect.apply(connect, this, args);
  }
  process.nextTick(() => this.destroy(new Error(`Not connected to ${host}: only loopback`)));
  return this;
};

const listen = Server.prototype.listen;
Server.prototype.listen = function guarded(...args) {
  const [first, second, ...rest] = args;
  if (typeof first === "object" && first?.port !== undefined) {
    const host = everywhere.has(first.host) ? "127.0.0.1" : first.host;
    return Reflect.apply(listen, this, [{ ...first, host }, second, ...rest]);
  }
  if (typeof first !== "object" && !Number.isNaN(Number(first))) {
    if (typeof second !== "string")
      return Reflect.apply(listen, this, [first, "127.0.0.1", ...args.slice(1)]);
    if (everywhere.has(second)) return Reflect.apply(listen, this, [first, "127.0.0.1", ...rest]);
  }
  return Reflect.apply(listen, this, args);
};
