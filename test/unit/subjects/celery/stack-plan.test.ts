import { describe, expect, it } from "vitest";
import { isPrime, listNumbers } from "../../../../src/subjects/celery/prime-numbers.js";
import { readServices } from "../../../../src/subjects/celery/services.js";
import { planStack } from "../../../../src/subjects/celery/stack-plan.js";
import { readComposeFile } from "../../../../src/compose/compose-file.js";
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
    return readServices(readComposeFile(project.folder), project.folder, env);
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
    expect(found?.web).toMatchObject({
      command: "gunicorn app:app",
      environment: { BROKER: "amqp://queue", BACKEND: "redis://cache:6379/0" },
      ports: [{ inside: 8000, outside: 80 }],
    });
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
    expect(found?.worker).toMatchObject({
      command: "celery worker",
      environment: { A: "outside", B: "usual", D: "quoted" },
      waitsFor: { rabbitmq: "service_started" },
    });
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

describe("the stack that tq runs beside the student's", () => {
  const plan = planStack(
    {
      name: "students",
      services: {
        web: {
          build: { context: "." },
          image: "mine",
          container_name: "front",
          ports: [{ target: 8000, published: "8000" }],
          networks: { default: null },
          labels: { a: "b" },
        },
        worker: { image: "mine", command: ["celery"] },
        redis: { image: "redis:7", ports: [{ target: 6379, published: "6379", host_ip: "0.0.0.0" }] },
      },
      networks: { default: { name: "students_default", external: true } },
      volumes: { data: { name: "students_data" }, more: null },
    },
    { project: "tq-1", labels: { "tq.trial": "1" }, reach: { web: [8000] } },
  );

  it("publishes nothing but what is asked for, on a free port of 127.0.0.1", () => {
    expect(plan.services["web"]?.["ports"]).toEqual([
      { target: 8000, host_ip: "127.0.0.1", protocol: "tcp" },
    ]);
    expect(plan.services["redis"]?.["ports"]).toEqual([]);
  });

  it("takes no name, image, network or volume of the student's", () => {
    expect(plan["name"]).toBe("tq-1");
    expect(plan.services["web"]).not.toHaveProperty("container_name");
    expect(plan.services["web"]).not.toHaveProperty("image");
    expect(plan.services["worker"]).toMatchObject({ build: { context: "." }, command: ["celery"] });
    expect(plan.services["redis"]).toMatchObject({ image: "redis:7" });
    expect(plan["networks"]).toEqual({ default: { labels: { "tq.trial": "1" } } });
    expect(plan["volumes"]).toEqual({
      data: { labels: { "tq.trial": "1" } },
      more: { labels: { "tq.trial": "1" } },
    });
  });

  it("keeps labels, and the names by which containers find each other", () => {
    expect(plan.services["web"]).toMatchObject({
      labels: { a: "b", "tq.trial": "1" },
      networks: { default: { aliases: ["front"] } },
    });
  });
});
