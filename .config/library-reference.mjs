// Makes docs/library-reference.md from the library's own types and comments; with --check says whether it is as they are.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = new URL("..", import.meta.url).pathname;
const target = join(root, "docs", "library-reference.md");
const typedoc = join(
  dirname(createRequire(import.meta.url).resolve("typedoc/package.json")),
  "bin",
  "typedoc",
);
const folder = mkdtempSync(join(tmpdir(), "tq-reference-"));
try {
  const options = [
    "--options",
    join(root, ".config", "typedoc.json"),
    "--out",
    folder,
    "--logLevel",
    "Error",
  ];
  execFileSync(process.execPath, [typedoc, ...options], { cwd: root, stdio: "inherit" });
  const made = readFileSync(join(folder, "README.md"), "utf8").replace(
    /^# .*\n/,
    "# Reference of the library\n\nMade by `npm run docs` from the types and comments of `src/queue/`. [library.md](library.md) says how to use it.\n",
  );
  if (!process.argv.includes("--check")) writeFileSync(target, made);
  else if (readFileSync(target, "utf8") !== made) {
    console.error("docs/library-reference.md is not as the library is now: npm run docs");
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
