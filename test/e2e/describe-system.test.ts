import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { useTq } from "../support/command-line/tq.js";
import { describeWith, python } from "../support/suite/needs.js";

const exercise = new URL("../../dist/exercises/07-jobs-api/solution/flask", import.meta.url).pathname;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tq-test-"));
  await cp(exercise, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

describeWith(["python", "web"], "what was found out about a system", () => {
  const tq = useTq();
  const PYTHON = () => ["--python", python()];

  it("can be given back, and says the same", async () => {
    const found = await tq.run(["exercise", "7", folder, "--describe", ...PYTHON()]);
    expect(found.code).toBe(0);
    expect(found.stdout).toContain("status: GET /jobs/{jid}\nresult: GET /jobs/{jid}/results\n");
    await writeFile(join(folder, "tq.yaml"), found.stdout);
    const again = await tq.run(["exercise", "7", folder, "--describe", ...PYTHON()]);
    expect(again.stdout).toBe(found.stdout);
    const check = await tq.run(["exercise", "7", folder, "--check", "--step", "7.4", "--plain", ...PYTHON()]);
    expect(check.stdout).toContain("(as tq.yaml says)");
    expect(check.code).toBe(0);
  });

  it("is nothing where there is no API, and no other exercise has it", async () => {
    await rm(join(folder, "api.py"));
    const none = await tq.run(["exercise", "7", folder, "--describe", ...PYTHON()]);
    expect(none.code).toBe(1);
    expect(none.stderr).toContain("there is no API and no worker to look at");
    expect((await tq.run(["exercise", "4", folder, "--describe"])).code).toBe(2);
  });
});
