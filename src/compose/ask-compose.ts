import { execa } from "execa";
import { parse } from "yaml";
import { signalGroup } from "../process-group.js";
import { asFields, type Fields, isFields } from "../text/fields.js";
import { findComposeCommand } from "./compose-command.js";
import { type Environment } from "./project.js";

/** What Compose says of a project: what it makes of it, or why it refuses it, line by line. */
export type ComposeAnswer = { content: Fields } | { refusal: string[] };

/** Milliseconds: it reads files, and asks nobody. */
const PATIENCE = 15_000;

/** Asks the Compose of this machine, which needs no engine for that; null where there is none, or none that answers. */
export async function askComposeConfig(
  folder: string,
  env: Environment,
  signal: AbortSignal,
): Promise<ComposeAnswer | null> {
  const [program, ...words] = (await findComposeCommand(env)) ?? [];
  if (program === undefined) return null;
  // Services behind a profile are described too.
  const asked = execa(program, [...words, "--profile", "*", "config"], {
    cwd: folder,
    env,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    // A group of its own: docker starts Compose as another program, which would live on without it.
    detached: true,
  });
  const end = (): void => {
    signalGroup(asked.pid, "SIGKILL");
  };
  const timer = setTimeout(end, PATIENCE);
  signal.addEventListener("abort", end);
  if (signal.aborted) end();
  const { failed, exitCode, stdout, stderr } = await asked;
  clearTimeout(timer);
  signal.removeEventListener("abort", end);
  signal.throwIfAborted();
  if (!failed) return { content: asFields(unescape(parse(stdout, { logLevel: "error" }))) };
  const said = stderr.split("\n").filter((line) => line.trim() !== "" && !/level=\w+ msg=/.test(line));
  // Killed, or of an edition that does not know the words.
  return exitCode === undefined || /unknown (?:flag|shorthand|command)/.test(stderr)
    ? null
    : { refusal: said.map((line) => line.trim()) };
}

/** It writes `$$` for every `$`, so that its answer can be read again. */
function unescape(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("$$", "$");
  if (Array.isArray(value)) return value.map(unescape);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unescape(one)]));
}
