import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { number } from "../harness/table.mjs";
import { describeTarget, verdict } from "../harness/target.mjs";

const ROOT = new URL("../../..", import.meta.url).pathname;

/** What an installation holds, dependencies included. */
export const size = {
  name: "size",
  title: "Installed from the packed tarball, dependencies included",
  columns: [
    ["", ({ what }) => what],
    [">figure", ({ figure, unit }) => `${number(figure)} ${unit}`],
    [">target", describeTarget],
    ["", verdict],
  ],

  async run({ folder }) {
    const npm = (args, cwd) =>
      execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
    const packed = npm(["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], ROOT);
    const tarball = join(folder, packed.split("\n").at(-1));
    const target = join(folder, "installed");
    npm(["install", "--prefix", target, "--no-audit", "--no-fund", "--silent", tarball], folder);
    const modules = join(target, "node_modules");
    const packages = npm(["ls", "--all", "--parseable", "--prefix", target], folder).split("\n").length - 1;
    const mb = (bytes) => bytes / 1e6;
    const installed = mb(weigh(modules));
    const largest = readdirSync(join(modules, "task-queue-toolkit", "dist", "parts"))
      .map((file) => [
        file.replace(/-[\w-]{8}\./, "."),
        weigh(join(modules, "task-queue-toolkit/dist/parts", file)),
      ])
      .sort(([, a], [, b]) => b - a)
      .slice(0, 5);
    return [
      { what: "on the disk", figure: installed, unit: "MB", target: { of: "figure", most: 46, unit: "MB" } },
      { what: "packages", figure: packages, unit: "", target: { of: "figure", most: 110 } },
      { what: "the tarball", figure: mb(statSync(tarball).size), unit: "MB" },
      ...largest.map(([file, bytes]) => ({ what: `of it ${file}`, figure: mb(bytes), unit: "MB" })),
    ];
  },
};

/** Bytes that the files take. */
function weigh(path) {
  if (!existsSync(path)) return 0; // a link to nothing
  const found = statSync(path);
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + weigh(join(path, name)), 0);
}
