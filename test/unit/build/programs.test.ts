import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

it("Python programs are files, and stand in no string of the code", () => {
  const holders = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .filter((path) =>
      /^(?:import [a-z_., ]+|from [a-z_.]+ import .*[^;])$/m.test(readFileSync(join("src", path), "utf8")),
    );
  expect(holders).toEqual([]);
});
