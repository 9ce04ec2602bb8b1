import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { serveEmbedded } from "../../src/redis/engines/embedded-server.js";
import { cleanEnvironment, TQ, useTq } from "../support/command-line/tq.js";

const run = promisify(execFile);

/** Prints, when the process ends, the files of tq that it has loaded and any of Node's own modules named. */
const SPY = `data:text/javascript,process.on("exit", () => {
  const { createRequire } = process.getBuiltinModule("module");
  const files = Object.keys(createRequire(process.argv[1]).cache).map((file) => file.replace(/.*dist./, ""));
  process.stderr.write("LOADED " + files.join(" "));
})`;

describe("start-up", () => {
  const tq = useTq();

  it.each([
    ["push", ["push", "x"]],
    ["len", ["len"]],
  ])("tq %s loads neither Docker's client nor the prompts nor the engines", async (_, args) => {
    await using redis = await serveEmbedded({ port: 0 });
    const env = cleanEnvironment(tq.home, { TQ_REDIS_URL: `redis://127.0.0.1:${redis.port}` });
    const { stderr } = await run(process.execPath, ["--import", SPY, TQ, ...args], { env });
    const loaded = stderr.split("LOADED ")[1]?.split(" ") ?? [];
    expect(loaded).toContain("tq.cjs");
    expect(loaded.join(" ")).toContain(`parts/${args[0] ?? ""}-`);
    expect(loaded.filter((file) => /docker|confirm|inquirer|embedded|native|engine|demo/.test(file))).toEqual(
      [],
    );
    // The parts are named by their content; what is in them is looked at too.
    const { readFileSync } = await import("node:fs");
    const dist = TQ.replace("bin/tq.js", "dist/");
    const code = loaded
      .filter((file) => file.endsWith(".cjs"))
      .map((file) => readFileSync(dist + file, "utf8"));
    for (const mark of [
      "/var/run/docker.sock",
      "docker-modem",
      "inquirer",
      "js-redis-server",
      "ruff_wasm",
      "ComprehensionExpression",
    ]) {
      expect(code.filter((text) => text.includes(mark))).toEqual([]);
    }
  });
});
