import { type Command } from "commander";
import { describe, expect, it } from "vitest";
import { commands } from "../../../../src/cli/commands/index.js";
import { GROUPS } from "../../../../src/cli/help/overview.js";
import { helpOf, wholeProgram } from "../../../support/command-line/program.js";

/** Lines that are too long although they could have been broken at a space. */
function brokenLines(text: string, width: number): string[] {
  return text.split("\n").filter((line) => line.length > width && line.trim().includes(" "));
}

function pathsBelow(command: Command, path: string[] = []): string[][] {
  return command.commands.flatMap((one) => [
    [...path, one.name()],
    ...pathsBelow(one, [...path, one.name()]),
  ]);
}

describe("tq --help", () => {
  it("has every command once, in its group", () => {
    const shown = GROUPS.flatMap(({ rows }) => rows.flatMap(([names]) => names.split(", ")));
    const known = commands.filter(({ hidden }) => !hidden).map(({ name }) => name);
    expect([...shown].sort()).toEqual([...known].sort());
  });

  it("fits a terminal of 80 columns and 24 lines", async () => {
    const lines = (await helpOf(["--help"], 80)).trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each([["help"], ["-h"], ["--db", "2", "--help"]])("is what %j says too", async (...argv) => {
    expect(await helpOf(argv, 80)).toBe(await helpOf(["--help"], 80));
  });
});

describe("tq help", () => {
  it.each([["push"], ["redis", "up"], ["redis"], ["sidecar", "exec"]])(
    "%j is that of --help",
    async (...names) => {
      const text = await helpOf(["help", ...names], 80);
      expect(text).toContain(`Usage: tq ${names.join(" ")} `);
      expect(text).toBe(await helpOf([...names, "--help"], 80));
    },
  );

  it("options has what every command understands, and no other help repeats it", async () => {
    expect(await helpOf(["help", "options"], 80)).toMatch(/--redis-url[^]+--serializer[^]+--debug/);
    expect(await helpOf(["help", "push"], 80)).not.toContain("--serializer");
  });

  it("refuses what is no command, and names those that there are", async () => {
    await expect(helpOf(["help", "redis", "nix"], 80)).rejects.toMatchObject({
      exitCode: 2,
      hint: "There are: up, down, status, logs, url, cli",
    });
  });

  it.each([80, 40])("breaks no word at %i columns", async (columns) => {
    const paths = [[], ["options"], ...pathsBelow(await wholeProgram())];
    for (const path of paths) {
      expect(brokenLines(await helpOf(["help", ...path], columns), columns), path.join(" ")).toEqual([]);
    }
  });
});
