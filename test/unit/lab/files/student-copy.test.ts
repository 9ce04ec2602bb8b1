import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { copyFolder } from "../../../../src/lab/files/student-copy.js";
import { makeTemporaryFolder } from "../../../../src/lab/files/temporary-folder.js";

it("what a killed tq left behind goes with the next run, and nothing else does", async () => {
  const dead = spawnSync(process.execPath, ["-e", "0"]).pid;
  const left = await mkdtemp(join(tmpdir(), `tq-copy-${dead}-`));
  const others = await Promise.all(
    [`tq-copy-${process.ppid}-`, "tq-copy-mine-", "mine-tq-copy-"].map((name) =>
      mkdtemp(join(tmpdir(), name)),
    ),
  );
  try {
    const made = makeTemporaryFolder("copy");
    expect(existsSync(left)).toBe(false);
    for (const other of others) expect(existsSync(other)).toBe(true);
    await rm(made, { recursive: true });
  } finally {
    for (const other of others) await rm(other, { recursive: true });
  }
});

it("a copy holds a student's code and data, and not what is none of it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tq-test-copy-"));
  const put = async (path: string, text: string | Buffer = "x") => {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  try {
    for (const path of [
      "api.py",
      "src/jobs.py",
      "data/birds.json",
      "data/dump.rdb",
      ".venv/bin/python",
      ".git/HEAD",
    ])
      await put(path);
    await put("large.bin", Buffer.alloc(40 * 1024 * 1024));
    await symlink(folder, join(folder, "loop"));
    await put("shut.py");
    await chmod(join(folder, "shut.py"), 0);
    await using copy = await copyFolder(folder);
    const found = await Promise.all(["", "data", "src"].map((name) => readdir(join(copy.folder, name))));
    // Root reads all there is.
    const shut = process.getuid?.() === 0 ? ["shut.py"] : [];
    expect(found.map((names) => names.sort())).toEqual([
      ["api.py", "data", "loop", ...shut, "src"],
      ["birds.json"],
      ["jobs.py"],
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
