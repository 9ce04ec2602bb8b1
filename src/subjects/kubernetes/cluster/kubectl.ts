import { execa } from "execa";
import { TqError } from "../../../errors.js";
import { asFields, asList } from "../manifests/manifest.js";
import { explainKubectl } from "./explain-kubectl.js";

export interface KubectlOptions {
  env: Readonly<Record<string, string | undefined>>;
  /** Ends what runs; not asked where something is cleaned up. */
  signal?: AbortSignal;
}

export interface KubectlAnswer {
  ok: boolean;
  stdout: string;
  stderr: string;
}

/** Seconds that the cluster has for an answer. */
const PATIENCE = 20;
/** Seconds for the first. */
const REACHED = 5;

/** The one way to a cluster: kubectl, on its current context, which stays the same for as long as this lives. */
export class Kubectl {
  private constructor(
    readonly context: string,
    private readonly options: KubectlOptions,
  ) {}

  /** Throws `TqError` (exit 3) where there is no kubectl, or no context. */
  static async open(options: KubectlOptions): Promise<Kubectl> {
    const answer = await run(["config", "current-context"], options);
    if (!answer.ok || answer.stdout.trim() === "") {
      throw (
        explainKubectl(answer.stderr || "current-context is not set", null) ?? failure(answer.stderr.trim())
      );
    }
    return new Kubectl(answer.stdout.trim(), options);
  }

  /** The same, for cleaning up after Ctrl-C as well. */
  unstoppable(): Kubectl {
    return new Kubectl(this.context, { env: this.options.env });
  }

  /**
   * What kubectl answers; `seconds` are for commands that take their time. Throws `TqError` (exit 3) where the machine or the
   * cluster is in the way.
   */
  async ask(
    args: readonly string[],
    { input, seconds = PATIENCE }: { input?: string; seconds?: number } = {},
  ): Promise<KubectlAnswer> {
    const answer = await run(["--context", this.context, ...args], this.options, { input, seconds });
    const explained = answer.ok ? null : explainKubectl(answer.stderr, this.context);
    if (explained) throw explained;
    return answer;
  }

  /** The same, where what it says is about the objects that it was given, among other things. */
  async askPlainly(args: readonly string[], input: string): Promise<KubectlAnswer> {
    return run(["--context", this.context, ...args], this.options, { input });
  }

  /** Throws `TqError` (exit 3) at once where the cluster does not answer: other commands try for long. */
  async reach(): Promise<void> {
    const words = ["get", "--raw", "/version", `--request-timeout=${REACHED}s`];
    await this.ask(words, { seconds: 2 * REACHED }).catch((error: unknown) => {
      // Whoever may not ask that is answered all the same.
      if (!(error instanceof TqError && error.code === "no-permission")) throw error;
    });
  }

  /** The namespace that is meant where none is named. */
  async namespace(): Promise<string> {
    const path = "jsonpath={.contexts[0].context.namespace}";
    const { stdout } = await this.ask(["config", "view", "--minify", "--output", path]);
    return stdout.trim() || "default";
  }

  /** The objects that it lists. */
  async list(args: readonly string[]): Promise<readonly unknown[]> {
    const answer = await this.ask(["get", ...args, "--output", "json"]);
    return asList(asFields(readAnswer(answer))["items"]);
  }
}

/** The JSON that it printed. Throws `TqError` (exit 3) where it failed, or printed something else. */
export function readAnswer(answer: KubectlAnswer): unknown {
  if (!answer.ok) throw failure(answer.stderr.trim());
  try {
    return JSON.parse(answer.stdout) as unknown;
  } catch {
    throw failure(`it printed no JSON: ${answer.stdout.trim().slice(0, 80)}`);
  }
}

async function run(
  args: readonly string[],
  { env, signal }: KubectlOptions,
  { input, seconds = PATIENCE }: { input?: string | undefined; seconds?: number } = {},
): Promise<KubectlAnswer> {
  const result = await execa("kubectl", args, {
    env,
    extendEnv: false,
    reject: false,
    timeout: seconds * 1000,
    ...(signal && { cancelSignal: signal }),
    ...(input === undefined ? { stdin: "ignore" as const } : { input }),
  });
  if (result.code === "ENOENT" || result.code === "EACCES") {
    throw new TqError("there is no kubectl on the PATH", {
      code: "no-kubectl",
      exitCode: 3,
      hint: "Install it: https://kubernetes.io/docs/tasks/tools/   (the steps before need no cluster)",
    });
  }
  const stderr = result.timedOut ? `timed out after ${seconds} s\n${result.stderr}` : result.stderr;
  return { ok: !result.failed, stdout: result.stdout, stderr };
}

function failure(why: string): TqError {
  return new TqError(`kubectl failed: ${why}`, {
    code: "kubectl-failed",
    exitCode: 3,
    hint: "Try it by hand:  kubectl get pods",
  });
}
