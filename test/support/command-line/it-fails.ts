import { expect, it } from "vitest";
import { type RunOptions, type Tq } from "./tq.js";

/** A command line, the exit code it must end with, and what it must say on standard error. */
export interface Row {
  args: string[];
  code: number;
  says: (string | RegExp)[];
  options?: RunOptions;
}

/** One that ends as the row says, with nothing on standard output and no trace. */
export function itFails(title: string, tq: Tq, row: () => Row): void {
  it(title, async () => {
    const { args, code, says, options } = row();
    const ended = await tq.run(args, options);
    expect(ended.stderr).not.toMatch(/^\s+at .*:\d+/m);
    for (const text of says) expect(ended.stderr).toMatch(text);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: "" });
  });
}
