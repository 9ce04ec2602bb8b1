import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { useTq } from "../support/command-line/tq.js";

describe("the demonstration", () => {
  const tq = useTq();

  it("runs without a terminal, and with nothing but Node on the PATH", async () => {
    const ended = await tq.run(["demo"], {
      env: { PATH: dirname(process.execPath), DOCKER_HOST: "unix:///none" },
    });
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toMatch(/^ {5}hello\n {5}two\n {5}three$/m);
    expect(ended.stdout).toContain("Length of the queue: 3");
    const delay = /Delay from push to print, between two processes: ([\d.]+) ms/.exec(ended.stdout)?.[1];
    expect(Number(delay)).toBeGreaterThan(0);
  });

  it("leaves nothing behind when it is stopped in the middle", async () => {
    const demo = tq.start(["demo"]);
    await demo.until("stdout", "4. A consumer");
    demo.child.kill("SIGTERM");
    expect((await demo.ended).code).toBe(143);
  });
});
