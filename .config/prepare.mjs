// Run before `npm start` and `npm test`, by npm where a clone is installed or linked, and by bin/tq.js in a clone that
// was never built: installs and builds what is lacking, and is silent where all is in place. No dependency needs its
// install script.
import { execSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs the step unless its inputs are what they were when it last succeeded. */
function step(name, inputs, stamp, command, isDone = () => false) {
  const hash = createHash("sha256").update(process.version.split(".")[0]);
  for (const file of inputs.flatMap(filesBelow))
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)));
  const now = hash.digest("hex");
  const path = join(root, stamp);
  if (existsSync(path) && readFileSync(path, "utf8") === now) return;
  if (!isDone()) {
    console.error(`${name}: ${command}`);
    execSync(command, { cwd: root, stdio: ["ignore", 2, 2], env });
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, now);
}

/** Without what npm tells its scripts: a build inside of an installation of tq is none of its business. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_(config|lifecycle|package)_/.test(name)),
);

/** npm has just done so, and runs this script of its own accord. */
const isInstalled = () =>
  process.env.npm_lifecycle_event === "prepare" &&
  existsSync(join(root, "node_modules/rolldown/package.json"));

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
    isInstalled,
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
