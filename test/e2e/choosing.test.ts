import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, useTq } from "../support/command-line/tq.js";

const DOWN = "\u001b[B";

describe("a list to choose from", () => {
  const tq = useTq();
  const open = (args: string[], env: Record<string, string> = {}) =>
    new Terminal(args, cleanEnvironment(tq.home, { TQ_REDIS_URL: "redis://127.0.0.1:1", ...env }), tq.home);
  beforeEach(() => rm(join(tq.home, "progress.json"), { force: true }));

  it("leads from the exercises into the one that is chosen", async () => {
    const terminal = open(["exercise"]);
    await terminal.until("Which exercise?");
    expect(terminal.transcript).toContain("❯  1  Producer and consumer");
    terminal.type(`${DOWN}${DOWN}\r`);
    await terminal.until("Enter goes on");
    expect(terminal.transcript).toContain("# The echo worker");
    terminal.type("q");
    expect(await terminal.ended).toBe(0);
  });

  it("can be left, and stopped", async () => {
    const left = open(["exercise"]);
    await left.until("Which exercise?");
    left.type(`${DOWN.repeat(20)}\r`);
    expect(await left.ended).toBe(0);
    const stopped = open(["exercise"]);
    await stopped.until("Which exercise?");
    stopped.type("\u0003");
    expect(await stopped.ended).toBe(130);
  });

  it.each([["--plain"], ["--json"]])("is none with %s", async (option) => {
    const terminal = open(["exercise", option]);
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen).not.toContain("Which exercise?");
    expect(terminal.screen).toContain("Producer and consumer");
  });

  it("has the ways in which a solution is written, unless the student's files tell", async () => {
    const work = join(tq.home, "work");
    await mkdir(work);
    const asked = open(["exercise", "5", "work", "--solution"]);
    await asked.until("Show the solution");
    asked.type("y\r");
    await asked.until("in which way?");
    asked.type(`${DOWN}\r`);
    await asked.until("from flask import");
    expect(await asked.ended).toBe(0);
    await writeFile(join(work, "api.py"), "from fastapi import FastAPI\n");
    const told = open(["exercise", "5", "work", "--solution", "--yes"]);
    expect(await told.ended).toBe(0);
    expect(told.screen).not.toContain("in which way?");
    expect(told.screen).toContain("from fastapi import");
  });
});
