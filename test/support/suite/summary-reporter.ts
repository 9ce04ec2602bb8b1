import { stripVTControlCharacters } from "node:util";
import { type Reporter, type TestCase, type TestModule, type TestSuite } from "vitest/node";
import { NEEDS } from "./machine.js";

/**
 * Ends a run with what this machine lacks, and how many tests that skipped, by name and reason; with each failure,
 * as a line that a script can find; and with the counts on a line of their own.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // A file or a suite whose set-up failed has no failed test, and is a failure all the same.
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const crashed = suites.filter((suite) => suite.errors().length > 0).length;
    const lines = [
      ...this.lacks(
        modules,
        tests.filter((test) => test.result().state === "skipped"),
      ),
      ...this.failures([...suites, ...tests]),
    ];
    lines.push(`${count("passed")} passed, ${count("failed") + crashed} failed, ${count("skipped")} skipped`);
    process.stdout.write(`\n${lines.join("\n")}\n`);
  }

  private *failures(entities: readonly (TestModule | TestSuite | TestCase)[]): Generator<string> {
    for (const entity of entities) {
      const errors =
        entity.type === "test"
          ? entity.result().state === "failed"
            ? (entity.result().errors ?? [])
            : []
          : entity.errors();
      const [first] = errors;
      if (!first) continue;
      const file = entity.type === "module" ? entity : entity.module;
      const name = entity.type === "module" ? "" : ` > ${entity.fullName}`;
      const [reason = ""] = stripVTControlCharacters(first.message).split("\n");
      yield `failed: ${file.relativeModuleId}${name}: ${reason.slice(0, 300)}`;
    }
  }

  private *lacks(modules: readonly TestModule[], skipped: TestCase[]): Generator<string> {
    const machine = modules[0]?.project.getProvidedContext().machine;
    for (const need of NEEDS) {
      const reason = machine?.lacks[need];
      const affected = skipped.filter((test) =>
        new RegExp(`\\(needs [^)]*\\b${need}\\b`).test(test.fullName),
      );
      if (reason && affected.length > 0) {
        yield `skipped for want of ${need}: ${affected.length} tests (${reason})`;
      }
    }
  }
}
