import { describe, expect, it } from "vitest";
import { findCandidates, type Sources } from "../../../../src/cli/completion/find-candidates.js";
import { wholeProgram } from "../../../support/command-line/program.js";

const named = (...words: string[]) => words.map((word) => ({ word, says: "" }));

const SOURCES: Sources = {
  exercises: () => named("1", "2", "10"),
  steps: (exercise) => named(`${exercise}.1`, `${exercise}.2`),
  variants: () => named("fastapi", "flask"),
  queues: () => Promise.resolve(named("queue", "quick one")),
  sidecars: () => Promise.resolve(named("python1", "python2")),
  instances: () => named("redis", "second"),
};

async function complete(...words: string[]): Promise<string[]> {
  const found = await findCandidates(await wholeProgram(), words, SOURCES);
  return found.map(({ word }) => word);
}

describe("what can follow", () => {
  it.each([
    [["exe"], ["exercise"]],
    [
      ["redis", "u"],
      ["up", "url"],
    ],
    [["--db", "2", "pe"], ["peek"]],
    [
      ["exercise", "1"],
      ["1", "10"],
    ],
    [
      ["exercise", "5", "--step", ""],
      ["5.1", "5.2"],
    ],
    [["exercise", "--solution", "5", "--variant", "fl"], ["flask"]],
    [
      ["len", "--queue", "qu"],
      ["queue", "quick one"],
    ],
    [["status", "queue", "qui"], ["quick one"]],
    [
      ["sidecar", "exec", "p"],
      ["python1", "python2"],
    ],
    [["sidecar", "shell", "python2", ""], []],
    [["redis", "up", "--engine", "n"], ["native"]],
    [
      ["redis", "down", "--name", ""],
      ["redis", "second"],
    ],
    [["push", "--ser"], ["--serializer"]],
    [
      ["push", "--serializer", ""],
      ["pickle", "json", "text"],
    ],
    [["push", "--input", "j"], ["json"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish", "powershell"],
    ],
    [["help", "redis", "c"], ["cli"]],
    [["help", "op"], ["options"]],
    [["sidecar", "exec", "python1", "--", ""], []],
    [["push", ""], []],
    [["nonsense", ""], []],
  ])("%j", async (words, found) => {
    expect(await complete(...words)).toEqual(found);
  });

  it("shows nothing that is tq's own affair", async () => {
    const all = await complete("");
    expect(all).toContain("push");
    expect(all).not.toContain("complete");
    expect(all).not.toContain("menu");
    expect(await complete("redis", "")).not.toContain("serve-embedded");
  });
});
