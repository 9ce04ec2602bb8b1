import { type TestProject } from "vitest/node";
import { inspectMachine, type Machine, NEEDS } from "./machine.js";

declare module "vitest" {
  interface ProvidedContext {
    machine: Machine;
  }
}

/** Looks at the machine once for all test files; a lack that TQ_TEST_REQUIRE names fails the run. */
export default async function setup(project: TestProject): Promise<void> {
  const machine = await inspectMachine(process.env["TQ_TEST_PYTHON"], process.env["TQ_TEST_KUBECONFIG"]);
  const required = (process.env["TQ_TEST_REQUIRE"] ?? "").split(",").filter(Boolean);
  for (const name of required) {
    const need = NEEDS.find((known) => known === name);
    if (!need) throw new Error(`TQ_TEST_REQUIRE names "${name}"; it knows ${NEEDS.join(", ")}`);
    if (machine.lacks[need]) throw new Error(`required by TQ_TEST_REQUIRE: ${need}: ${machine.lacks[need]}`);
  }
  project.provide("machine", machine);
}
