import { describe, inject } from "vitest";
import { type Need } from "./machine.js";

/**
 * A suite that needs what not every machine has. Where it lacks, the suite is skipped, and the summary says
 * which and why.
 */
export function describeWith(needs: Need | Need[], name: string, body: () => void): void {
  const wanted = [needs].flat();
  const { lacks } = inject("machine");
  describe.skipIf(wanted.some((need) => lacks[need]))(`${name} (needs ${wanted.join(", ")})`, body);
}

/** The Python that has hotqueue and redis; only in suites that need python. */
export function python(): string {
  return inject("machine").python;
}
