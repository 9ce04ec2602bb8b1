import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { notesOf } from "../../../../src/lab/program/program-notes.js";
import { Program, type ProgramOptions } from "../../../../src/lab/program/program.js";
import { startHere } from "../../../../src/lab/python/start-here.js";
import { describeWith, python } from "../../../support/suite/needs.js";

const runtime = new URL("../../../../src/lab/program/runtime", import.meta.url).pathname;

describeWith("python", "what stands in for the web", () => {
  let root = "";
  const folder = () => join(root, "work");
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "tq-test-web-")));
    await mkdir(folder());
    await writeFile(join(folder(), "sample.json"), '{"n": 7}');
    await writeFile(join(folder(), "other.csv"), "a,b\n1,2\n");
  });
  afterEach(() => rm(root, { recursive: true }));

  const run = async (code: string, some: Partial<ProgramOptions> = {}) => {
    await writeFile(join(folder(), "it.py"), code);
    await using program = new Program({
      python: startHere(python()),
      command: ["it.py"],
      folder: folder(),
      runtime,
      env: process.env,
      allowNetwork: false,
      redisPort: 1,
      ...some,
    });
    await expect.poll(() => program.ended, { timeout: 20_000 }).not.toBeNull();
    const { lines, errors, notes } = program;
    return { lines, errors, notes };
  };
  const web = () => [
    { url: "https://data.example.org/v1/*", file: join(folder(), "sample.json") },
    { url: "*.example.org/*", file: join(folder(), "other.csv") },
  ];

  it.each([
    [
      "urllib",
      "import urllib.request, json\nprint(json.load(urllib.request.urlopen('https://data.example.org/v1/x?y=1'))['n'])",
      "7",
    ],
    [
      "requests",
      "import requests\nprint(requests.get('https://data.example.org/v1/x', params={'y': 1}).json()['n'])",
      "7",
    ],
    [
      "requests, by POST",
      "import requests\nprint(requests.post('https://data.example.org/v1/x', json={'a': 1}).json()['n'])",
      "7",
    ],
    [
      "requests, in a session",
      "import requests\nwith requests.Session() as s: print([s.get('https://data.example.org/v1/x').status_code for _ in range(3)])",
      "[200, 200, 200]",
    ],
    [
      "the first that fits",
      "import urllib.request\nprint(urllib.request.urlopen('http://www.example.org/a.csv').read())",
      "b'a,b\\n1,2\\n'",
    ],
    [
      "http.client",
      "import http.client\nc = http.client.HTTPSConnection('data.example.org')\nc.request('GET', '/v1/x')\nprint(c.getresponse().read())",
      "b'{\"n\": 7}'",
    ],
    [
      "asyncio's own TLS",
      "import asyncio\nasync def main():\n  r, w = await asyncio.open_connection('data.example.org', 443, ssl=True)\n  w.write(b'GET /v1/x HTTP/1.1\\r\\nHost: data.example.org\\r\\n\\r\\n')\n  print((await r.read())[-8:])\n  w.close()\nasyncio.run(main())",
      "b'{\"n\": 7}'",
    ],
  ])("answers %s from the student's file", async (_, code, says) => {
    const { lines, errors, notes } = await run(code, { web: web() });
    expect(lines, errors).toEqual([says]);
    expect(notesOf(notes, "answered")[0]).toMatchObject({ missing: false });
    expect(notesOf(notes, "refused")).toEqual([]);
  });

  it("names the url for which there is no file, and answers nothing", async () => {
    const { errors, notes } = await run(
      "import urllib.request\nurllib.request.urlopen('https://data.example.org/v2/x')",
      { web: web().slice(0, 1) },
    );
    expect(errors).toMatch(/RemoteDisconnected|Connection/);
    expect(notesOf(notes, "refused")[0]).toMatchObject({
      kind: "network",
      url: "https://data.example.org/v2/x",
      at: { file: "it.py", line: 2 },
    });
  });

  it("names the url of a host that nothing stands in for", async () => {
    const { notes } = await run("import requests\nrequests.get('https://api.example.com/v2/x?a=1')", {
      web: web(),
    });
    expect(notesOf(notes, "refused")[0]).toMatchObject({
      kind: "network",
      target: "api.example.com:443",
      at: { file: "it.py", line: 2 },
      url: "https://api.example.com/v2/x?a=1",
    });
  });

  it("keeps what comes with leave of the network", async () => {
    const server = createServer((request, response) => {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ asked: request.url }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const record = join(root, "kept");
    await mkdir(record);
    try {
      // A name that is this machine's, and not the one that is always let through.
      const url = `http://LocalHost:${port}/v1/x`;
      const code = `import json, urllib.request\nprint(json.load(urllib.request.urlopen('${url}'))['asked'])`;
      const { lines, errors, notes } = await run(code, { allowNetwork: true, record });
      expect(lines, errors).toEqual(["/v1/x"]);
      const [kept] = notesOf(notes, "recorded");
      expect(kept?.url.toLowerCase()).toBe(url.toLowerCase());
      expect(await readFile(join(record, kept?.file ?? ""), "utf8")).toBe('{"asked":"/v1/x"}');
    } finally {
      server.close();
    }
  });
});
