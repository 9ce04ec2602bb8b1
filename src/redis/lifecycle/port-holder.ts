import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { connect } from "node:net";
import { execa } from "execa";
import { readCommandLine } from "../background-process.js";

/** The program that listens on a port; what the system does not tell is null. */
export interface PortHolder {
  pid: number | null;
  command: string | null;
  /** It answers as a Redis does. */
  isRedis: boolean;
}

/** Milliseconds that a program on loopback has for accepting, and for answering a PING. */
const PATIENCE = 1000;

/** Who listens on this port of the loopback address; null where nobody does. */
export async function findPortHolder(port: number): Promise<PortHolder | null> {
  const answer = await ask(port);
  if (answer === null) return null;
  const pid = process.platform === "linux" ? findInProc(port) : await findWithLsof(port);
  return {
    pid,
    command: pid === null ? null : await readCommandLine(pid),
    // An error is an answer too: NOAUTH, LOADING, or protected mode's DENIED.
    isRedis: /^(\+PONG|-(NOAUTH|LOADING|DENIED|ERR|MISCONF|NOPERM))/.test(answer),
  };
}

/** The first thing that is said to a PING, "" where nothing is, null where nobody listens. */
async function ask(port: number): Promise<string | null> {
  const signal = AbortSignal.timeout(PATIENCE);
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => undefined);
  try {
    await once(socket, "connect", { signal });
  } catch {
    socket.destroy();
    return signal.aborted ? "" : null;
  }
  try {
    socket.write("PING\r\n");
    const [chunk] = (await once(socket, "data", { signal })) as [Buffer];
    return chunk.toString("latin1");
  } catch {
    return "";
  } finally {
    socket.destroy();
  }
}

/** Linux: the listening socket's inode, then the process that has it open; null without the right to see it. */
function findInProc(port: number): number | null {
  const inodes = new Set(["tcp", "tcp6"].flatMap((table) => listeningInodes(table, port)));
  for (const pid of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const held = readdirSync(`/proc/${pid}/fd`).some((fd) =>
        inodes.has(/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? ""),
      );
      if (held) return Number(pid);
    } catch {
      // It ended meanwhile, or is somebody else's.
    }
  }
  return null;
}

/** The columns of /proc/net/tcp: see proc_net_tcp in the kernel's documentation. */
function listeningInodes(table: string, port: number): string[] {
  const LISTEN = "0A";
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  let text: string;
  try {
    text = readFileSync(`/proc/net/${table}`, "utf8");
  } catch {
    return []; // no IPv6
  }
  return text
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTEN)
    .map((columns) => columns[9] ?? "");
}

async function findWithLsof(port: number): Promise<number | null> {
  const result = await execa("lsof", ["-nP", "-t", `-iTCP:${port}`, "-sTCP:LISTEN"], { reject: false });
  return result.failed ? null : Number(result.stdout.split("\n")[0]);
}
