import { join } from "node:path";
import { expect, it } from "vitest";
import { findComposeProject } from "../../../src/compose/find-project.js";
import { readComposeProject } from "../../../src/compose/project.js";
import { type Service } from "../../../src/compose/service.js";
import { settleProject } from "../../../src/compose/settle.js";
import { valuesOf } from "../../../src/compose/variables.js";
import { listJobsProjects } from "../../support/compose/jobs-projects.js";
import { writeProject } from "../../support/python/python-project.js";
import { describeWith } from "../../support/suite/needs.js";

const { signal } = new AbortController();

/** What both must agree about. */
const facts = (service: Service): unknown => ({
  name: service.name,
  image: service.image,
  runs: service.runs,
  folder: service.folder,
  environment: valuesOf(service.environment),
  from: [...service.environment.values()].map(({ from, file, line }) => `${from} ${file}:${line}`).sort(),
  context: service.build?.context,
  path: service.build?.path,
  ports: service.ports.map(({ inside, outside, address }) => [inside, outside, address]),
  mounts: service.mounts,
  networks: [...service.networks].sort(),
  profiles: service.profiles,
  waitsFor: service.waitsFor,
});

describeWith("docker", "what Compose makes of a project", () => {
  it.each(listJobsProjects().map((one) => [one.name, one] as const))(
    "is what tq reads: %s",
    async (_, one) => {
      await using project = await writeProject(one.files);
      const own = findComposeProject(join(project.folder, one.folder), process.env);
      if (!own) throw new Error("no Compose file");
      expect(own.problem).toBeNull();
      const settled = await settleProject(own, process.env, signal);
      expect(settled.problem).toBeNull();
      expect(settled.services.map(facts)).toEqual(own.services.map(facts));
    },
  );
});

/** By what is wrong: the lines of a service, or a whole file, and the line that is named. */
const REFUSED: [what: string, text: string, line: number][] = [
  ["version as a number", "version: 3\nservices:\n  a:\n    image: x\n", 1],
  ["version with a point", "version: 3.9\nservices:\n  a:\n    image: x\n", 1],
  ["an unknown field", 'services:\n  a:\n    image: x\n    port: ["1:1"]\n', 4],
  ["an unknown field at the top", "services:\n  a:\n    image: x\nvolume:\n  data:\n", 4],
  ["ports as a text", 'services:\n  a:\n    image: x\n    ports: "1:1"\n', 4],
  ["volumes as a text", "services:\n  a:\n    image: x\n    volumes: ./data:/data\n", 4],
  ["neither image nor build", 'services:\n  a:\n    ports: ["1:1"]\n', 2],
  ["a service with nothing below", "services:\n  a:\n", 2],
  ["services as a list", "services:\n  - a\n", 1],
  [
    "variables as NAME: value in a list",
    "services:\n  a:\n    image: x\n    environment:\n      - A: b\n",
    5,
  ],
  ["a list for a variable", "services:\n  a:\n    image: x\n    environment:\n      A: [1]\n", 5],
  ["variables as a text", "services:\n  a:\n    image: x\n    environment: A=b\n", 4],
  ["a network that is not named", "services:\n  a:\n    image: x\n    networks: [back]\n", 4],
  ["a volume that is not named", 'services:\n  a:\n    image: x\n    volumes: ["data:/data"]\n', 4],
  ["a service that is not there", "services:\n  a:\n    image: x\n    depends_on: [b]\n", 4],
  [
    "a circle",
    "services:\n  a:\n    image: x\n    depends_on: [b]\n  b:\n    image: x\n    depends_on: [a]\n",
    4,
  ],
  [
    "a condition that is none",
    "services:\n  a:\n    image: x\n    depends_on: {b: {condition: healthy}}\n  b:\n    image: x\n",
    4,
  ],
  ["a port that is none", 'services:\n  a:\n    image: x\n    ports: ["abc:80"]\n', 4],
  ["a port that is too large", 'services:\n  a:\n    image: x\n    ports: ["80:99999"]\n', 4],
  ["a name with a space", 'services:\n  "a b":\n    image: x\n', 2],
  ["a container's name with a space", 'services:\n  a:\n    image: x\n    container_name: "a b"\n', 4],
  ["an env_file that is missing", "services:\n  a:\n    image: x\n    env_file: none.env\n", 4],
  ["an unknown field of build", "services:\n  a:\n    build: {contxt: .}\n", 3],
  ["a number in a command", 'services:\n  a:\n    image: x\n    command: ["--save", 1, 1]\n', 4],
  ["a number for the user", "services:\n  a:\n    image: x\n    user: 1000\n", 4],
  ["a number for the image", "services:\n  a:\n    image: 7\n", 3],
  ["a field twice", "services:\n  a:\n    image: x\n    image: y\n", 4],
  ["a service twice", "services:\n  a:\n    image: x\n  a:\n    image: y\n", 4],
  ["replicas in words", "services:\n  a:\n    image: x\n    deploy: {replicas: many}\n", 4],
  [
    "a test without CMD",
    'services:\n  a:\n    image: x\n    healthcheck: {test: ["redis-cli", "ping"]}\n',
    4,
  ],
  [
    "an interval without a unit",
    "services:\n  a:\n    image: x\n    healthcheck: {test: x, interval: 5}\n",
    4,
  ],
  [
    "two kinds of network",
    "services:\n  a:\n    image: x\n    network_mode: host\n    networks: [default]\n",
    4,
  ],
  ["a brace that is not closed", "services:\n  a:\n    image: ${X\n", 3],
  ["a variable that must be set", "services:\n  a:\n    image: ${TQ_NOWHERE:?need}\n", 3],
  ["profiles as a text", "services:\n  a:\n    image: x\n    profiles: dev\n", 4],
  ["depends_on as a text", "services:\n  a:\n    image: x\n    depends_on: b\n  b:\n    image: x\n", 4],
  ["expose as a number", "services:\n  a:\n    image: x\n    expose: 80\n", 4],
  ["volumes as a list", "services:\n  a:\n    image: x\nvolumes:\n  - d\n", 4],
  ["networks as a text", "services:\n  a:\n    image: x\nnetworks: d\n", 4],
  ["a secret that is not named", "services:\n  a:\n    image: x\n    secrets: [s]\n", 4],
  ["a tab", "services:\n\ta:\n    image: x\n", 2],
  ["nothing", "", 1],
];

describeWith("docker", "what Compose refuses", () => {
  it.each(REFUSED)("is refused without it too, at the same line: %s", async (_, text, line) => {
    await using project = await writeProject({ "docker-compose.yml": text });
    const own = readComposeProject(project.folder, process.env);
    if (!own) throw new Error("no Compose file");
    expect(own.problem).toMatchObject({ line });
    const settled = await settleProject({ ...own, problem: null }, process.env, signal);
    expect(settled.problem).not.toBeNull();
  });
});
