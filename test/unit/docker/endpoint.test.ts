import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DockerSurroundings, findEndpoint } from "../../../src/docker/endpoint.js";
import { explainDockerError } from "../../../src/docker/explain-error.js";

describe("where the Docker engine is", () => {
  let homeFolder = "";
  const find = (some: Partial<DockerSurroundings> = {}) =>
    findEndpoint({ env: {}, platform: "linux", homeFolder, ...some });

  beforeAll(async () => {
    homeFolder = await mkdtemp(join(tmpdir(), "tq-test-context-"));
    for (const name of ["desktop", "other"]) {
      const folder = join(
        homeFolder,
        ".docker/contexts/meta",
        createHash("sha256").update(name).digest("hex"),
      );
      await mkdir(folder, { recursive: true });
      const meta = { Name: name, Endpoints: { docker: { Host: `unix:///run/${name}.sock` } } };
      await writeFile(join(folder, "meta.json"), JSON.stringify(meta));
    }
    await writeFile(join(homeFolder, ".docker/config.json"), '{"currentContext":"desktop"}');
  });
  afterAll(() => rm(homeFolder, { recursive: true }));

  it("is DOCKER_HOST's, DOCKER_CONTEXT's, the current context's, the system's: in this order", () => {
    const both = { DOCKER_HOST: "tcp://127.0.0.1:1", DOCKER_CONTEXT: "other" };
    expect(find({ env: both })).toEqual({ url: "tcp://127.0.0.1:1", why: "DOCKER_HOST" });
    expect(find({ env: { DOCKER_CONTEXT: "other" } }).url).toBe("unix:///run/other.sock");
    expect(find()).toEqual({ url: "unix:///run/desktop.sock", why: 'the docker context "desktop"' });
    expect(find({ env: { DOCKER_CONFIG: "/nowhere" } }).url).toBe("unix:///var/run/docker.sock");
    expect(find({ env: { DOCKER_CONTEXT: "default" } }).why).toBe("the default");
    expect(find({ env: { DOCKER_CONTEXT: "missing" } }).url).toBe("unix:///var/run/docker.sock");
    expect(find({ homeFolder: "/nowhere", platform: "win32" }).url).toBe("npipe:////./pipe/docker_engine");
  });
});

describe("what the Docker engine complains of", () => {
  const explain = (message: string, more: object = {}) =>
    explainDockerError(Object.assign(new Error(message), more), {
      url: "unix:///x.sock",
      why: "the default",
    });

  it.each([
    ["connect ENOENT /x.sock", { code: "ENOENT" }, "docker-not-running"],
    ["connect ECONNREFUSED /x.sock", { code: "ECONNREFUSED" }, "docker-not-running"],
    ["connect EACCES /x.sock", { code: "EACCES" }, "docker-permission"],
    [
      "(HTTP code 500) server error",
      { json: { message: "toomanyrequests: slow down" } },
      "docker-pull-limit",
    ],
    ["dial tcp: lookup registry-1.docker.io: no such host", {}, "docker-pull-network"],
    ["Get https://registry-1.docker.io/v2/: net/http: TLS handshake timeout", {}, "docker-pull-network"],
    ["dial tcp 10.0.0.1:443: connect: connection refused", {}, "docker-pull-network"],
    ["Get https://registry/v2/: request canceled (Client.Timeout exceeded)", {}, "docker-pull-network"],
    ["manifest for redis:99 not found: manifest unknown", {}, "docker-no-image"],
    ["pull access denied for x, repository does not exist", {}, "docker-no-image"],
    ["write /var/lib/docker/x: no space left on device", {}, "disk-full"],
    ["Bind for 127.0.0.1:6379 failed: port is already allocated", {}, "port-taken"],
    ["listen tcp4 127.0.0.1:6379: bind: address already in use", {}, "port-taken"],
    ["something new", {}, "docker-error"],
  ])("%s", (message, more, code) => {
    const explained = explain(message, more);
    expect(explained).toMatchObject({ code, exitCode: 3 });
    expect(explained.hint).not.toBe("");
  });

  it("is told in the engine's own words", () => {
    expect(explain("(HTTP code 409) conflict", { json: { message: "name in use" } }).message).toBe(
      "the Docker engine answered: name in use",
    );
  });
});
