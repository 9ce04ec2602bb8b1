import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What a test may need that a machine may lack. */
export const NEEDS = ["docker", "redis", "python", "web", "celery", "rabbitmq", "cluster"] as const;
export type Need = (typeof NEEDS)[number];

export interface Machine {
  /** Why the machine lacks it; null where it has it. */
  lacks: Record<Need, string | null>;
  /** A Python that imports hotqueue and redis; "" where there is none. */
  python: string;
  /** The file by which kubectl finds a cluster that may be used; "" where there is none. */
  kubeconfig: string;
}

const run = promisify(execFile);

/** The command's first line of output, or the reason why it gave none. */
async function ask(command: string, args: string[]): Promise<{ answer: string } | { reason: string }> {
  try {
    const { stdout } = await run(command, args, { timeout: 15_000 });
    return { answer: stdout.split("\n")[0]?.trim() ?? "" };
  } catch (error) {
    const failure = error as NodeJS.ErrnoException & { stderr?: string };
    if (failure.code === "ENOENT") return { reason: `${command} is not on the PATH` };
    return { reason: (failure.stderr || failure.message).trim().split("\n").at(-1) ?? "no answer" };
  }
}

async function findPython(chosen: string | undefined): Promise<{ answer: string } | { reason: string }> {
  let reason = "";
  for (const python of chosen ? [chosen] : [".venv/bin/python", "python3", "python"]) {
    const found = await ask(python, ["-c", "import sys, hotqueue, redis; print(sys.executable)"]);
    if ("answer" in found) return found;
    // A Python without the packages tells more than one that is not there.
    if (reason === "" || !found.reason.endsWith("is not on the PATH")) reason = found.reason;
  }
  return { reason };
}

/** Looks once, without starting anything, at what this machine has. */
export async function inspectMachine(chosenPython: string | undefined, kubeconfig = ""): Promise<Machine> {
  const [docker, redis, python] = await Promise.all([
    ask("docker", ["version", "--format", "{{.Server.Version}}"]),
    ask("redis-server", ["--version"]),
    findPython(chosenPython),
  ]);
  // The frameworks of a jobs API, and what it fetches data with, in the same Python.
  const web =
    "answer" in python
      ? await ask(python.answer, ["-c", "import flask, fastapi, uvicorn, requests"])
      : python;
  const celery = "answer" in python ? await ask(python.answer, ["-c", "import celery, falcon"]) : python;
  const rabbitmq = await ask("docker", ["image", "inspect", "--format", "{{.Id}}", "rabbitmq:3-management"]);
  // Nobody's own cluster is taken unasked.
  const cluster =
    kubeconfig === ""
      ? { reason: "TQ_TEST_KUBECONFIG names no cluster" }
      : await ask("kubectl", ["--kubeconfig", kubeconfig, "get", "--raw", "/readyz", "--request-timeout=5s"]);
  const lack = (found: object): string | null => ("reason" in found ? String(found.reason) : null);
  return {
    lacks: {
      docker: lack(docker),
      redis: lack(redis),
      python: lack(python),
      web: lack(web),
      celery: lack(celery),
      rabbitmq: lack(rabbitmq),
      cluster: lack(cluster),
    },
    python: "answer" in python ? python.answer : "",
    kubeconfig,
  };
}
