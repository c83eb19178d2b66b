import type { ChildProcess } from "node:child_process";
import { connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const startMs = 20_000;

/** Below the ports that systems hand out by themselves: a slow starter would lose one of those to somebody else. */
let nextPort = 20_000 + (process.pid % 100) * 100;

export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    nextPort += 1;
    const port = nextPort;
    if (await canListen(port)) return port;
  }
  throw new Error("No free port");
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => {
      resolve(false);
    });
    server.listen(port, "127.0.0.1", () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** Waits until a started server answers, by default at its port; false when it has ended or 20 s have passed. */
export async function listens(
  child: ChildProcess,
  port: number,
  answered: (port: number) => Promise<boolean> = answers,
): Promise<boolean> {
  const deadline = performance.now() + startMs;
  while (performance.now() < deadline && child.exitCode === null) {
    if (await answered(port)) return true;
    await pause(50);
  }
  return false;
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const settle = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => {
      settle(true);
    });
    socket.once("error", () => {
      settle(false);
    });
  });
}

/** Ends the whole process group: gateways start a child for each session. */
export async function stop(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const gone = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    child.once("exit", () => {
      resolve();
    });
  });
  signalGroup(pid, "SIGTERM");
  await Promise.race([gone, pause(700)]);
  signalGroup(pid, "SIGKILL");
  await Promise.race([gone, pause(1500)]);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}
