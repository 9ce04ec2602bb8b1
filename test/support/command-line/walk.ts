import { expect } from "vitest";
import { type Terminal } from "./terminal.js";

/** The lesson of an exercise, a section at a time, to its end. */
export async function readLesson(terminal: Terminal, sections: number): Promise<void> {
  for (let n = 1; n <= sections; n += 1) {
    await expect.poll(() => terminal.screen.split("Enter goes on").length - 1).toBe(n);
    terminal.type("\r");
  }
}

/** Resolves when the step of this heading has been told, and waits for the student. */
export async function waitsAt(terminal: Terminal, heading: string): Promise<void> {
  const since = (): string => terminal.screen.slice(terminal.screen.lastIndexOf(heading));
  await terminal.until(heading);
  await expect.poll(since).toContain("waiting for you");
}
