import { describe, expect, it } from "vitest";
import { isPrime, listNumbers } from "../../../../src/subjects/celery/prime-numbers.js";
import { findParts } from "../../../../src/subjects/celery/services.js";
import { readComposeProject } from "../../../../src/compose/project.js";
import { commandLine } from "../../../../src/compose/service.js";
import { valuesOf } from "../../../../src/compose/variables.js";
import { writeProject } from "../../../support/python/python-project.js";

describe("prime numbers", () => {
  it("are those that the sieve leaves", () => {
    const most = 20_000;
    const crossed = new Uint8Array(most);
    for (let n = 2; n * n < most; n += 1)
      if (!crossed[n]) for (let m = n * n; m < most; m += n) crossed[m] = 1;
    const wrong = Array.from({ length: most }, (_, n) => n).filter(
      (n) => isPrime(BigInt(n)) !== (n >= 2 && crossed[n] === 0),
    );
    expect(wrong).toEqual([]);
    expect([-7n, -1n].map(isPrime)).toEqual([false, false]);
  });

  it.each([
    ["2^61 - 1", 2305843009213693951n, true],
    ["a Carmichael number", 9746347772161n, false],
    ["a strong pseudoprime to the first nine bases", 3825123056546413051n, false],
    ["a square of a prime", 4294967291n ** 2n, false],
    ["2^61 + 1", 2305843009213693953n, false],
  ])("large ones: %s", (_, number, prime) => {
    expect(isPrime(number)).toBe(prime);
  });

  it("are half of what a student is asked for, in another way for each seed", () => {
    const numbers = listNumbers("a", 200);
    expect(listNumbers("a", 200)).toEqual(numbers);
    expect(listNumbers("b", 200)).not.toEqual(numbers);
    expect(numbers.slice(0, 3)).toEqual([11n, 1n, 0n]);
    expect(numbers).toHaveLength(215);
    expect(numbers.filter(isPrime).length).toBeGreaterThan(30);
    expect(numbers.filter((number) => !isPrime(number) && number % 2n === 1n).length).toBeGreaterThan(60);
  });
});

describe("the services of a Compose file", () => {
  const read = async (files: Record<string, string>, env = {}) => {
    await using project = await writeProject(files);
    return findParts(readComposeProject(project.folder, env));
  };
  const names = (services: Awaited<ReturnType<typeof read>>) =>
    [services?.web, services?.worker, services?.broker, services?.store].map((one) => one?.name);

  it("are known by their names, or by what they run", async () => {
    const found = await read({
      "compose.yml": [
        "services:",
        "  jobs: {build: ., command: celery -A tasks worker}",
        "  site: {build: ./web, ports: ['80:8000']}",
        "  queue: {image: 'docker.io/library/rabbitmq:3.12-management'}",
        "  cache: {image: valkey/valkey}",
      ].join("\n"),
      "web/Dockerfile":
        'FROM python:3.14\nENV BROKER=amqp://queue \\\n    BACKEND="redis://cache:6379/0"\nCMD ["gunicorn", "app:app"]\n',
    });
    expect(names(found)).toEqual(["site", "jobs", "queue", "cache"]);
    expect(commandLine(found?.web?.runs ?? null)).toBe("gunicorn app:app");
    expect(valuesOf(found?.web?.environment ?? new Map())).toEqual({
      ...{ BROKER: "amqp://queue", BACKEND: "redis://cache:6379/0" },
    });
    expect(found?.web).toMatchObject({ ports: [{ inside: 8000, outside: 80 }] });
  });

  it("have what the Compose file, its env_file and the caller's environment give them, in this order", async () => {
    const found = await read(
      {
        "compose.yml": [
          "services:",
          "  celery:",
          "    build: {context: ., dockerfile: Worker}",
          "    env_file: [.env.worker]",
          "    environment: ['A=${GIVEN}', 'B=${MISSING:-usual}', C]",
          "    depends_on: [rabbitmq]",
          "  falcon-web:",
          "    build: .",
          "    container_name: front",
          "    depends_on: {rabbitmq: {condition: service_healthy}}",
          "    ports: [{target: 8000, published: 9000}, '127.0.0.1:81:80/tcp']",
        ].join("\n"),
        ".env.worker": "A=file\nD='quoted'\n# nothing\n",
        Worker: "FROM python\nENV D one\nCMD celery worker\n",
      },
      { GIVEN: "outside" },
    );
    expect(commandLine(found?.worker?.runs ?? null)).toBe("celery worker");
    expect(valuesOf(found?.worker?.environment ?? new Map())).toEqual({
      ...{ A: "outside", B: "usual", D: "quoted" },
    });
    expect(found?.worker).toMatchObject({ waitsFor: { rabbitmq: "service_started" } });
    expect(found?.web).toMatchObject({
      names: ["falcon-web", "front"],
      waitsFor: { rabbitmq: "service_healthy" },
      ports: [
        { inside: 8000, outside: 9000 },
        { inside: 80, outside: 81 },
      ],
    });
    expect(names(await read({ "compose.yml": "services: {a: null, b: 1}" }))).toEqual(
      Array(4).fill(undefined),
    );
    expect(await read({})).toBeNull();
  });
});
