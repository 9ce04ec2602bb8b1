import { describe, expect, it } from "vitest";
import { type ComposeProject, readComposeProject } from "../../../src/compose/project.js";
import { type Service } from "../../../src/compose/service.js";
import { writeProject } from "../../support/python/python-project.js";

async function read(files: Record<string, string>, env = {}): Promise<ComposeProject> {
  await using project = await writeProject(files);
  const found = readComposeProject(project.folder, env);
  if (!found) throw new Error("no Compose file");
  return found;
}

const one = async (text: string, files: Record<string, string> = {}, env = {}): Promise<Service> => {
  const { services } = await read({ "compose.yaml": `services:\n  one:\n${text}`, ...files }, env);
  const [service] = services;
  if (!service) throw new Error("no service");
  return service;
};

describe("variables", () => {
  it.each([
    ["$X", "in .env"],
    ["${X}", "in .env"],
    ["${SHELL_X}", "from the shell"],
    ["${NONE:-usual}", "usual"],
    ["${NONE-}", ""],
    ["${EMPTY:-usual}", "usual"],
    ["${EMPTY-usual}", ""],
    ["${X:+other}", "other"],
    ["${NONE:+other}", ""],
    ["${NONE:-${X}}", "in .env"],
    ["a$$b", "a$b"],
    ["${X:?must be}", "in .env"],
  ])("%s is %s", async (written, value) => {
    const files = { ".env": "X='in .env'\nEMPTY=\n" };
    const service = await one(`    image: a\n    environment: ['V=${written}']\n`, files, {
      SHELL_X: "from the shell",
    });
    expect(service.environment.get("V")?.value).toBe(value);
  });

  it("that nothing sets are named, with their line", async () => {
    const service = await one("    image: a\n    environment:\n      A: ${NOBODY}\n      B: ${NOBODY:-b}\n");
    expect(service.environment.get("A")).toMatchObject({ value: "", unset: ["NOBODY"], line: 5 });
    expect(service.environment.get("B")).toMatchObject({ value: "b", unset: [] });
  });

  it("that must be set and are not are why Compose refuses the file", async () => {
    const { problem } = await read({ "compose.yaml": "services:\n  a:\n    image: ${IMAGE:?say which}\n" });
    expect(problem).toMatchObject({ line: 3, message: expect.stringContaining("say which") as string });
  });

  it("come from the image, a file and the service, the last one winning", async () => {
    const service = await one("    build: .\n    env_file: [my.env]\n    environment: {C: three, D: }\n", {
      Dockerfile: "FROM python\nENV A=one B=one C=one\n",
      "my.env": "# a file\nexport B=two # said\nC='two'\nE=\"x\\ny\"\n",
    });
    const found = [...service.environment].map(([name, { value, from, file, line }]) => [
      ...[name, value, from, file, line],
    ]);
    expect(found).toEqual([
      ["A", "one", "image", "Dockerfile", 2],
      ["B", "two", "env_file", "my.env", 2],
      ["C", "three", "environment", "compose.yaml", 5],
      ["E", "x\ny", "env_file", "my.env", 4],
    ]);
  });
});

describe("files that belong together", () => {
  it("an override changes what it names, and lines are told of the file that says so", async () => {
    const { services, files } = await read({
      "docker-compose.yml":
        "services:\n  a:\n    image: x\n    ports: ['1:1']\n    environment: [A=1, B=1]\n",
      "docker-compose.override.yml":
        "services:\n  a:\n    command: run it\n    ports: ['2:2']\n    environment:\n      B: 2\n",
    });
    expect(files).toEqual(["docker-compose.yml", "docker-compose.override.yml"]);
    expect(services[0]).toMatchObject({ image: "x", command: ["run", "it"] });
    expect(services[0]?.ports.map(({ inside }) => inside)).toEqual([1, 2]);
    expect(services[0]?.environment.get("A")).toMatchObject({ value: "1", file: "docker-compose.yml" });
    expect(services[0]?.environment.get("B")).toMatchObject({
      ...{ value: "2", file: "docker-compose.override.yml", line: 6 },
    });
  });

  it("a service takes what it extends, also from another folder", async () => {
    const { services } = await read({
      "compose.yaml":
        "services:\n  a:\n    extends: {file: shared/base.yml, service: base}\n    environment: {B: 2}\n  b:\n    extends: {service: a}\n    command: [b]\n",
      "shared/base.yml":
        "services:\n  base:\n    build: .\n    env_file: x.env\n    environment: {A: 1, B: 1}\n",
      "shared/x.env": "C=3\n",
      "shared/Dockerfile": "FROM python:3.14\nWORKDIR /app\nCMD python api.py\n",
    });
    for (const service of services) {
      expect([...service.environment].map(([name, { value }]) => [name, value])).toEqual([
        ...[
          ["C", "3"],
          ["A", "1"],
          ["B", "2"],
        ],
      ]);
      expect(service).toMatchObject({ folder: "/app", dockerfile: { file: "shared/Dockerfile" } });
    }
    expect(services.map(({ runs }) => runs)).toEqual([["/bin/sh", "-c", "python api.py"], ["b"]]);
  });

  it("what is included is there, with the paths of its own folder", async () => {
    const { services, problem } = await read({
      "compose.yaml": "include: [db/compose.yaml]\nservices:\n  a: {image: x}\n",
      "db/compose.yaml": "services:\n  db:\n    image: redis:${TAG}\n    volumes: ['./data:/data']\n",
      "db/.env": "TAG=7\n",
    });
    expect(problem).toBeNull();
    expect(services.map(({ name, image }) => [name, image])).toEqual([
      ["db", "redis:7"],
      ["a", "x"],
    ]);
    expect(services[0]?.mounts[0]?.source).toMatch(/\/db\/data$/);
  });

  it.each([
    ["includes", "include: [other.yml]\nservices: {a: {image: x}}\n", "there is no such file"],
    ["extends", "services: {a: {extends: {file: other.yml, service: b}}}\n", "there is no such file"],
    ["extends", "services: {a: {extends: {service: b}}}\n", "no such service"],
    ["extends", "services: {a: {extends: a}}\n", "no such service"],
  ])("a file that %s what is not there is refused", async (_, text, why) => {
    expect((await read({ "compose.yaml": text })).problem?.message).toContain(why);
  });
});

it("anchors and merge keys are followed to the line that says it", async () => {
  const { services } = await read({
    "compose.yaml":
      "x-code: &code\n  build: .\n  environment: &env\n    REDIS_IP: redis\nservices:\n  api:\n    <<: *code\n    ports: ['5000:5000']\n  worker:\n    <<: *code\n    environment: {<<: *env, MORE: 1}\n",
  });
  const lines = services.map(({ environment }) => environment.get("REDIS_IP")?.line);
  expect(lines).toEqual([4, 4]);
});
