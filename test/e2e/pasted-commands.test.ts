import { spawnSync } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { cleanEnvironment, TQ, useTq } from "../support/command-line/tq.js";
import { describeWith, python } from "../support/suite/needs.js";

interface Check {
  id: string;
  verdict: string;
  probe?: string;
}

/** Names that a shell takes apart, where they are not quoted. */
const FOLDERS = ["-my work", 'it\'s "$HOME"', "two\nlines; true"];

describeWith("python", "what a card says to type, in a folder whose name a shell would take apart", () => {
  const tq = useTq();

  /** As a person does it: the line goes to a shell in the folder where the check was called. */
  const paste = (line: string) => {
    const [command = ""] = line.split("   ");
    const script = `tq() { '${process.execPath}' '${TQ}' "$@"; }; ${command}`;
    const ended = spawnSync("bash", ["-c", script], {
      ...{ cwd: tq.home, env: cleanEnvironment(tq.home), encoding: "utf8" },
    });
    return { command, status: ended.status, output: `${ended.stdout}${ended.stderr}` };
  };

  const checks = async (number: string, folder: string, ...options: string[]): Promise<Check[]> => {
    const where = folder.startsWith("-") ? `./${folder}` : folder;
    const args = ["exercise", number, where, "--check", "--format", "json", "--python", python(), ...options];
    const { stdout, stderr } = await tq.run(args, { cwd: tq.home });
    expect(stdout, stderr).not.toBe("");
    return (JSON.parse(stdout) as { checks: Check[] }).checks;
  };

  it.each(FOLDERS)("%j: reads the same files again", async (folder) => {
    await mkdir(join(tq.home, folder, "src"), { recursive: true });
    const solution = join(
      dirname(TQ),
      "..",
      "dist",
      "exercises",
      "04-code-organization",
      "solution",
      "flask",
    );
    await cp(solution, join(tq.home, folder, "src"), { recursive: true });
    await writeFile(join(tq.home, folder, "src", "worker.py"), "import jobs\nimport nothing_such\n");
    const open = (await checks("4", folder)).filter(({ verdict }) => verdict === "not-yet");
    expect(open.length).toBeGreaterThan(0);
    for (const { probe = "" } of open) {
      const { command, status, output } = paste(probe.replaceAll("python -c", `${python()} -c`));
      expect(output, command).not.toMatch(/No such file|not found|there is no folder|unknown option/);
      expect([0, 1], `${command}\n${output}`).toContain(status);
    }
  });

  it.each(FOLDERS)("%j: runs the same check again, with every option", async (name) => {
    const folder = `${name}7`;
    await mkdir(join(tq.home, folder), { recursive: true });
    await writeFile(join(tq.home, folder, "api.py"), "from flask import Flask\napp = Flask(__name__)\nq(\n");
    const job = ["--job", '{"text": "it\'s", "n": "$1"}'];
    const [first] = await checks("7", folder, ...job);
    expect(first).toMatchObject({ verdict: "not-yet" });
    const { command, status, output } = paste(`${first?.probe ?? ""} --format json`);
    expect(status, `${command}\n${output}`).toBe(1);
    expect((JSON.parse(output) as { checks: Check[] }).checks[0]).toMatchObject({ probe: first?.probe });
  });
});
