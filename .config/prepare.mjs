// Run before `npm start` and `npm test`: installs and builds what a fresh clone lacks, and is silent where all is
// in place. No dependency needs its install script.
import { execSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = new URL("..", import.meta.url).pathname;

/** Runs the step unless its inputs are what they were when it last succeeded. */
function step(name, inputs, stamp, command) {
  const hash = createHash("sha256").update(process.version.split(".")[0]);
  for (const file of inputs.flatMap(filesBelow))
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)));
  const now = hash.digest("hex");
  const path = join(root, stamp);
  if (existsSync(path) && readFileSync(path, "utf8") === now) return;
  console.error(`${name}: ${command}`);
  execSync(command, { cwd: root, stdio: ["ignore", 2, 2] });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, now);
}

function filesBelow(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

try {
  step(
    "installing",
    ["package-lock.json"],
    "node_modules/.tq-installed",
    "npm ci --ignore-scripts --no-audit --loglevel=error",
  );
  step(
    "building",
    [
      "src",
      "exercises",
      "compose",
      ".config/build.mjs",
      ".config/lay-out-exercise.mjs",
      ".config/text-files.mjs",
      ".config/tsconfig.types.json",
      "package.json",
      "package-lock.json",
    ],
    "dist/.tq-built",
    "npm run --silent build",
  );
} catch (error) {
  console.error(`This step did not succeed: ${error.message}`);
  process.exitCode = 1;
}
