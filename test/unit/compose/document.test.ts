import { execFileSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { readComposeProject } from "../../../src/compose/project.js";
import { writeProject } from "../../support/python/python-project.js";

const levels = Array.from({ length: 9 }, (_, n) => `b${n + 1}: &b${n + 1} [${`*b${n}, `.repeat(10)}]`);

it.each([
  ["has an alias that leads back to itself", "services: &a\n  x: [null, *a]\n", "leads back"],
  ["has aliases by the thousand million", ["b0: &b0 x", ...levels].join("\n"), "too much"],
  ["is nested without end", "[".repeat(100_000), "nested too deeply"],
  ["is longer than any", `# ${"x".repeat(1024 * 1024)}`, "larger than 1 MB"],
])("a Compose file that %s is one that cannot be read", async (_, text, message) => {
  await using project = await writeProject({ "compose.yaml": text });
  const file = readComposeProject(project.folder);
  expect(file).toMatchObject({ name: "compose.yaml", services: [] });
  expect(file?.problem?.message).toContain(message);
});

it("what is no file, such as a folder or a pipe, is not read", async () => {
  await using project = await writeProject({});
  await mkdir(join(project.folder, "docker-compose.yml"));
  expect(readComposeProject(project.folder)?.problem?.message).toBe("it is no file");
  execFileSync("mkfifo", [join(project.folder, "compose.yml")]);
  expect(readComposeProject(project.folder)).toMatchObject({ name: "compose.yml", problem: { line: 1 } });
});

it("nothing is said on standard error past tq", async () => {
  const warned = vi.spyOn(process, "emitWarning").mockReturnValue();
  await using project = await writeProject({ "compose.yaml": "? {\u001b: 1}\n: x\n" });
  readComposeProject(project.folder);
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});
