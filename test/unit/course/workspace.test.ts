import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { layOut, readTemplate, reset, undo } from "../../../src/course/workspace.js";

const files = [
  { path: "worker.py", content: Buffer.from("starter\n") },
  { path: "src/jobs.py", content: Buffer.from("jobs\n") },
];

describe("the student's folder", () => {
  let root = "";
  const folder = () => join(root, "work");
  const store = () => join(root, "home", "kept", "one.json");
  const read = (path: string) => readFile(join(folder(), path), "utf8");
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "tq-test-workspace-"));
  });
  afterEach(() => rm(root, { recursive: true }));

  it("gets the starter's files, and keeps its own", async () => {
    expect(await layOut(files, folder())).toEqual({ written: ["worker.py", "src/jobs.py"], kept: [] });
    await writeFile(join(folder(), "worker.py"), "mine\n");
    expect(await layOut(files, folder())).toEqual({ written: [], kept: ["worker.py", "src/jobs.py"] });
    expect(await read("worker.py")).toBe("mine\n");
  });

  it("does not write through a link that leads nowhere", async () => {
    await layOut([], folder());
    await layOut(
      [files[1] ?? files[0]].flatMap((file) => file ?? []),
      folder(),
    );
    await symlink(join(root, "elsewhere"), join(folder(), "worker.py"));
    expect((await layOut(files, folder())).kept).toContain("worker.py");
    expect(await readdir(root)).not.toContain("elsewhere");
  });

  it("is reset and brought back, and brought back again", async () => {
    await layOut(files, folder());
    await writeFile(join(folder(), "worker.py"), "mine\n");
    await rm(join(folder(), "src/jobs.py"));
    await writeFile(join(folder(), "notes.txt"), "untouched\n");
    await reset(files, folder(), store());
    expect(await read("worker.py")).toBe("starter\n");
    expect(await read("src/jobs.py")).toBe("jobs\n");
    await undo(folder(), store());
    expect(await read("worker.py")).toBe("mine\n");
    await expect(read("src/jobs.py")).rejects.toThrow("ENOENT");
    await undo(folder(), store());
    expect(await read("worker.py")).toBe("starter\n");
    expect(await read("notes.txt")).toBe("untouched\n");
  });

  it("replaces a link, and not what it leads to", async () => {
    await layOut(files, folder());
    await writeFile(join(root, "elsewhere"), "theirs\n");
    await rm(join(folder(), "worker.py"));
    await symlink(join(root, "elsewhere"), join(folder(), "worker.py"));
    await reset(files, folder(), store());
    expect(await readFile(join(root, "elsewhere"), "utf8")).toBe("theirs\n");
    await expect(readlink(join(folder(), "worker.py"))).rejects.toThrow();
    await undo(folder(), store());
    expect(await read("worker.py")).toBe("theirs\n");
  });

  it("says that there is nothing to undo, and that it was elsewhere", async () => {
    await expect(undo(folder(), store())).rejects.toMatchObject({ exitCode: 2, code: "nothing-to-undo" });
    await reset(files, folder(), store());
    await expect(undo(join(root, "other"), store())).rejects.toThrow(folder());
  });

  it.each([
    ["half a file", '{"version":1,"fol'],
    ["null", "null"],
    ["no files", { files: null }],
    ["a content that is no text", { files: [{ path: "worker.py", content: 1 }] }],
    ["a path out of the folder", { files: [{ path: "../elsewhere", content: "" }] }],
    ["an absolute path", { files: [{ path: "/elsewhere", content: "" }] }],
    ["a path that ends too soon", { files: [{ path: "worker\0.py", content: "" }] }],
  ])("brings nothing back from a damaged copy: %s", async (_, content) => {
    await layOut(files, folder());
    await reset(files, folder(), store());
    const whole = { version: 1, folder: folder(), files: [] };
    await writeFile(
      store(),
      typeof content === "string" ? content : JSON.stringify({ ...whole, ...content }),
    );
    await expect(undo(folder(), store())).rejects.toMatchObject({ exitCode: 3, code: "kept-unreadable" });
    expect(await readdir(root)).toEqual(["home", "work"]);
  });

  it("is left alone where something else than a file has a file's name", async () => {
    await mkdir(join(folder(), "worker.py"), { recursive: true });
    await expect(reset(files, folder(), store())).rejects.toMatchObject({ exitCode: 3 });
    expect(await readdir(folder())).toEqual(["worker.py"]);
  });

  it("says where it cannot be written", async () => {
    await writeFile(join(root, "file"), "");
    await expect(layOut(files, join(root, "file"))).rejects.toMatchObject({
      exitCode: 3,
      code: "folder-not-writable",
    });
    await expect(reset(files, join(root, "file"), store())).rejects.toMatchObject({ exitCode: 3 });
  });

  it("shows no scripted student among a template's files", async () => {
    await layOut(
      [
        ...files,
        { path: "student.py", content: Buffer.from("") },
        { path: "student.sh", content: Buffer.from("") },
      ],
      join(root, "exercise", "solution"),
    );
    const found = await readTemplate(join(root, "exercise"), "solution", "");
    expect(found.map(({ path }) => path)).toEqual(["src/jobs.py", "worker.py"]);
    expect(await readTemplate(join(root, "exercise"), "starter", "")).toEqual([]);
  });
});
