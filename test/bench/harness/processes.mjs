import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";

const running = new Set();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Runs a program to its end and returns the milliseconds that it took. `input` and `output` are files. */
export function time([file, ...args], { env, input, output, codes = [0] } = {}) {
  const stdin = input ? openSync(input) : "ignore";
  const stdout = output ? openSync(output, "w") : "ignore";
  const started = performance.now();
  const { status, error, stderr } = spawnSync(file, args, { env, stdio: [stdin, stdout, "pipe"] });
  const took = performance.now() - started;
  for (const opened of [stdin, stdout]) if (opened !== "ignore") closeSync(opened);
  if (error) throw error;
  if (!codes.includes(status)) throw new Error(`${file} ${args.join(" ")} ended with ${status}:\n${stderr}`);
  return took;
}

/** Runs a program to its end; what it printed, and the most memory that it took, in MB (Linux; else NaN). */
export async function run([file, ...args], { env, input, codes = [0] } = {}) {
  const stdin = input ? openSync(input) : "ignore";
  const child = spawn(file, args, { env, stdio: [stdin, "pipe", "pipe"] });
  if (input) closeSync(stdin);
  running.add(child);
  let stdout = "";
  let stderr = "";
  let memory = NaN;
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const look = setInterval(() => {
    memory = peakMemory(child.pid) ?? memory;
  }, 20);
  try {
    const [status] = await once(child, "close");
    if (!codes.includes(status))
      throw new Error(`${file} ${args.join(" ")} ended with ${status}:\n${stderr}`);
    return { stdout, memory };
  } finally {
    clearInterval(look);
    running.delete(child);
  }
}

function peakMemory(pid) {
  try {
    return (
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024 || undefined
    );
  } catch {
    return undefined; // it has ended, or this is not Linux
  }
}
