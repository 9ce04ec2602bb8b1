// Bundles tq: nothing is left to install beside it, and `tq push` reads one small file.
import { execFileSync } from "node:child_process";
import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import license from "rollup-plugin-license";
import { textFiles } from "./text-files.mjs";
import { layOutExercise } from "./lay-out-exercise.mjs";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("..", import.meta.url));
const dist = `${root}dist`;
const { version } = require("../package.json");

/**
 * BuildKit sessions (gRPC, protobuf) are not used, ssh2 works without its native accelerators, and nobody turns on
 * the debugging output of the clients.
 */
const unused = /dockerode\/lib\/(session|buildkit)\.js$|^cpu-features$|sshcrypto\.node$|^debug$/;

const NO_DEBUG = `
const debug = () => Object.assign(() => {}, { enabled: false });
module.exports = debug;
debug.default = debug;
`;

const leaveOutUnused = {
  name: "leave-out-unused",
  async resolveId(id, importer) {
    if (unused.test(id)) return `\0unused:${id}`;
    if (!id.startsWith(".") || !importer?.includes("/dockerode/")) return null;
    const found = await this.resolve(id, importer, { skipSelf: true });
    return found && unused.test(found.id) ? `\0unused:${found.id}` : found;
  },
  load(id) {
    if (!id.startsWith("\0unused:")) return null;
    if (id === "\0unused:debug") return NO_DEBUG;
    const complaint = `throw new Error("not part of this bundle");`;
    return id.includes("/dockerode/") ? `module.exports = () => { ${complaint} };` : complaint;
  },
};

/**
 * Node's own modules that packages load at their start and `tq push` does not use: loaded at their first use.
 * TLS and child processes alone are 7 ms.
 */
const late = /^(?:node:)?(tls|child_process|dns|assert|crypto)$/;

const loadBuiltinsLate = {
  name: "load-builtins-late",
  resolveId: (id, importer) =>
    late.test(id) && importer?.includes("/node_modules/") ? `\0late:${late.exec(id)[1]}` : null,
  load(id) {
    if (!id.startsWith("\0late:")) return null;
    const target = `require("node:${id.slice("\0late:".length)}")`;
    return `module.exports = new Proxy(function () {}, { get: (_, name) => ${target}[name], apply: (_, self, args) => ${target}(...args) });`;
  },
};

/**
 * What every command loads stands in one file, and what talks to Redis in another: seventeen small ones took
 * `tq push` 5 ms to find and read.
 */
const together = {
  groups: [
    {
      name: "start",
      test: /commander|src\/(errors|text\/control-characters|report\/wrap|cli\/(version|options|arrange-arguments|command-tree|terminal\/(escape|interrupt|output|standard-error)))\.ts|rolldown.runtime|late:child_process/,
      priority: 2,
    },
    {
      name: "queue",
      test: /node_modules\/ioredis|src\/(queue\/(hot-queue|values\/value-form)|redis\/(target|explain-error|lifecycle\/state)|cli\/open-queue)\.ts|late:/,
      priority: 1,
    },
  ],
};

const notices = () =>
  license({ thirdParty: { output: `${dist}/THIRD-PARTY-LICENSES.txt`, includeSelf: false } });

async function bundle(input, output, plugins) {
  const build = await rolldown({
    input,
    cwd: root,
    platform: "node",
    // Node 20 does not know `using`.
    transform: {
      target: "node20",
      define: { TQ_VERSION: JSON.stringify(version) },
      // A module of which only types are used is not part of the bundle.
      typescript: { onlyRemoveTypeImports: false },
    },
    plugins,
    // No module of ours does anything when it is loaded: an exercise gets of its subjects' doors what it uses.
    treeshake: { moduleSideEffects: (id) => !/\/(src|exercises)\/(?!main\.ts)/.test(id) },
    // That field overrides what tsconfig.json says, on purpose.
    checks: { configurationFieldConflict: false },
    logLevel: "warn",
  });
  await build.write({
    dir: dist,
    // Errors of ioredis are known by the names of their classes.
    minify: {
      compress: true,
      mangle: { keepNames: { class: true, function: false } },
      codegen: { removeWhitespace: true },
    },
    ...output,
  });
  await build.close();
}

await rm(dist, { recursive: true, force: true });
// CommonJS, because it starts 8 ms sooner than the same bundle as a module.
await bundle(
  { tq: "src/main.ts" },
  {
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "parts/[name]-[hash].cjs",
    codeSplitting: together,
  },
  [textFiles, leaveOutUnused, loadBuiltinsLate, notices()],
);
// The embedded Redis reads its Lua from beside the part that it is in.
const lua = dirname(createRequire(require.resolve("js-redis-server")).resolve("lua-redis-wasm"));
for (const file of ["redis_lua.mjs", "redis_lua.wasm"]) await cp(join(lua, file), join(dist, "parts", file));
// So does the reader of Python its linter.
await cp(
  require.resolve("@astral-sh/ruff-wasm-nodejs/ruff_wasm_bg.wasm"),
  join(dist, "parts", "ruff_wasm_bg.wasm"),
);
await bundle({ index: "src/queue/index.ts" }, { format: "esm", entryFileNames: "[name].js" }, []);

// Each exercise is found by its folder, and becomes one file beside its lesson, starter, solution and wrong answers.
const catalog = [];
for (const folder of (await readdir(`${root}exercises`)).filter((name) => /^\d/.test(name)).sort()) {
  const target = join(dist, "exercises", folder);
  await bundle(
    { exercise: `exercises/${folder}/exercise.ts` },
    { format: "esm", dir: target, entryFileNames: "[name].js" },
    [textFiles],
  );
  await layOutExercise(`${root}exercises/${folder}`, target, root);
  const { exercise } = await import(pathToFileURL(join(target, "exercise.js")));
  const { number, slug, title, summary, needs } = exercise;
  catalog.push({ folder, number, slug, title, summary, needs, steps: exercise.steps.map(({ id }) => id) });
}
await mkdir(join(dist, "exercises"), { recursive: true });
await writeFile(join(dist, "exercises", "catalog.json"), JSON.stringify(catalog));
await cp(`${root}src/lab/program/runtime`, join(dist, "python"), { recursive: true });
await cp(`${root}src/course/author/template`, join(dist, "template"), { recursive: true });
await cp(`${root}exercises/changes.schema.json`, join(dist, "exercises", "changes.schema.json"));
await cp(`${root}src/report/result.schema.json`, join(dist, "result.schema.json"));

// The page of `man tq` is made from the commands.
const manual = execFileSync(process.execPath, [`${root}bin/tq.js`, "dev", "reference", "--man"]);
await mkdir(join(dist, "man"));
await writeFile(join(dist, "man", "tq.1"), manual);

execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", ".config/tsconfig.types.json"], {
  cwd: root,
  stdio: "inherit",
});
