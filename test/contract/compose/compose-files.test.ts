import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { describeWith } from "../../support/suite/needs.js";

const run = promisify(execFile);

const folders = readdirSync("compose", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("docker-compose.yml"))
  .map((path) => join("compose", path));

describeWith("docker", "Compose reads", () => {
  it.each(folders)("%s", async (path) => {
    const { stdout, stderr } = await run("docker", ["compose", "--file", path, "config"]);
    expect(stderr).toBe("");
    expect(stdout).toContain("services:");
  });
});
