import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import images from "../../../compose/images.json" with { type: "json" };
import { DEFAULT_NAMES } from "../../../src/cli/commands/sidecar/up.js";
import { REDIS_NAME } from "../../../src/docker/sidecars.js";
import { REQUIREMENTS } from "../../../src/lab/python/requirements.js";
import { CONTAINER_SETTINGS } from "../../../src/redis/engines/docker.js";

interface Service {
  image?: string;
  command?: string | string[];
  ports?: string[];
}

function servicesOf(folder: string): Record<string, Service> {
  const text = readFileSync(join("compose", folder, "docker-compose.yml"), "utf8");
  return (parse(text) as { services: Record<string, Service> }).services;
}

/** The lines of all files that a student, pip or an engine reads, without the comments of code, with where each stands. */
function* linesOf(...folders: string[]): Generator<{ place: string; line: string }> {
  for (const folder of folders) {
    for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
      if (!/\.(ts|md|ya?ml|txt|sh|py|json)$|Dockerfile$/.test(path) || path.includes("__pycache__")) continue;
      for (const [n, line] of readFileSync(join(folder, path), "utf8").split("\n").entries())
        if (!path.endsWith(".ts") || !/^\s*(?:\/?\*|\/\/)/.test(line))
          yield { place: `${join(folder, path)}:${n + 1}`, line };
    }
  }
}

describe("one list", () => {
  /** Where a pattern, a student's older file is spoken of, or an image that lacks something, or that nobody has. */
  const MEANT = [
    /redis:6\b/,
    /python:3$/,
    /rabbitmq:3(?!-)/,
    /redis:6379|redis:6380/,
    /:3\.14(?:-of-nobody|\.99)$/,
  ];

  it("names every image that an exercise, tq or a Compose file names", () => {
    const known = new Set<string>(Object.values(images));
    const others = [...linesOf("exercises", "src", "compose")].flatMap(({ place, line }) =>
      [...line.matchAll(/(?<![\w/.-])(?:redis|python|rabbitmq):\d[\w.-]*(?<![.-])/g)]
        .map(([image]) => image)
        .filter((image) => !known.has(image) && !MEANT.some((one) => one.test(image)))
        .map((image) => `${place}: ${image}`),
    );
    expect(others).toEqual([]);
  });

  it("names every version of a package that a file pins", () => {
    const known = new Set(REQUIREMENTS.map((line) => line.split(";")[0]?.trim()));
    const others = [...linesOf("exercises", "src", "compose")].flatMap(({ place, line }) =>
      [...line.matchAll(/(?<![\w.-])([A-Za-z][\w-]*)(?:\[\w+\])?==(\d[\w.]*)/g)]
        .filter(([, name = "", version = ""]) => !known.has(`${name.toLowerCase()}==${version}`))
        .map(([pinned]) => `${place}: ${pinned}`),
    );
    expect(others).toEqual([]);
  });
});

describe("the Compose file by which tq's containers are started by hand", () => {
  it("has the Redis of tq redis up", () => {
    const { [REDIS_NAME]: redis, ...others } = servicesOf("redis");
    expect(others).toEqual({});
    expect(redis).toMatchObject({ image: images.redis, ports: ["127.0.0.1:6379:6379"] });
    const [program, ...settings] = String(redis?.command).split(" --");
    expect(program).toBe("redis-server");
    expect(Object.fromEntries(settings.map((one) => one.split(/ (.*)/)))).toMatchObject(CONTAINER_SETTINGS);
  });

  it("has the containers of tq sidecar up", () => {
    const { [REDIS_NAME]: redis, ...pythons } = servicesOf("containers");
    expect(redis?.image).toBe(images.redis);
    expect(Object.keys(pythons)).toEqual(DEFAULT_NAMES);
    for (const python of Object.values(pythons)) {
      expect(python).toMatchObject({ image: images.python, command: ["sleep", "9999999"] });
    }
  });
});
