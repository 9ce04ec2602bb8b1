import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

interface Package {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
}
const own = JSON.parse(read("package.json")) as Package;
const { packages } = JSON.parse(read("package-lock.json")) as {
  packages: Record<string, Package | undefined>;
};

/** Packages of which the bundle holds something, with their licences. */
const bundled = new Map(
  [...read("dist/THIRD-PARTY-LICENSES.txt").matchAll(/^Name: (\S+)\n(?:.+\n)*?License: (.+)$/gm)].map(
    ([, name = "", licence = ""]) => [name, licence],
  ),
);

/** What comes with a package into the bundle, directly or not. */
function broughtBy(name: string, found = new Set<string>()): Set<string> {
  for (const dependency of Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {})) {
    if (!bundled.has(dependency) || found.has(dependency)) continue;
    found.add(dependency);
    broughtBy(dependency, found);
  }
  return found;
}

it("the table of dependencies is that of the bundle", () => {
  const direct = Object.keys(own.devDependencies ?? {}).filter((name) => bundled.has(name));
  const rows = [...read("docs/dependencies.md").matchAll(/^\| (\S+) \| (.+) \| (\d+) \| (\S+) \|$/gm)];
  expect(rows.map(([, name, , count, licence]) => [name, Number(count), licence])).toEqual(
    direct.map((name) => [name, broughtBy(name).size, bundled.get(name)]),
  );
  const known = new Set(direct.flatMap((name) => [name, ...broughtBy(name)]));
  expect([...bundled.keys()].filter((name) => !known.has(name))).toEqual([]);
});

// npm runs `prepare` in a clone and for a dependency on a git repository alone: there it builds.
it("nothing is installed beside tq, and no script of its own runs at its installation", () => {
  expect(own.dependencies).toBeUndefined();
  expect(Object.keys(own.scripts ?? {})).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(pre|post)?install$/)]),
  );
});
