import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judgeContainers } from "../../../exercises/07-jobs-api/rules/containers.js";
import { findComposeProject } from "../../../src/compose/find-project.js";
import { type Place } from "../../../src/lab/place.js";
import { readProject } from "../../../src/subjects/python-code/project.js";
import { type Judgement } from "../../../src/verdict/verdict.js";
import { type JobsProject, listJobsProjects } from "../../support/compose/jobs-projects.js";
import { writeProject } from "../../support/python/python-project.js";

const all = listJobsProjects();

async function judge(files: Record<string, string>, folder: string): Promise<Judgement> {
  await using project = await writeProject(files);
  const root = join(project.folder, folder);
  const place = { folder: root, file: (one: string) => one } as Place;
  return judgeContainers(findComposeProject(root), await readProject(root), place);
}

describe("7.10 lets pass what runs", () => {
  it.each(all.map((one) => [one.name, one] as const))("%s", async (_, { files, folder }) => {
    const found = await judge(files, folder);
    expect(found.verdict === "passed" ? "" : JSON.stringify(found)).toBe("");
  });
});

/** A change to a correct project, and what must be named. */
interface Mistake {
  mistake: string;
  /** The projects in which it can be made. */
  when?: (project: JobsProject) => boolean;
  change: (files: Record<string, string>, project: JobsProject) => void;
  /** The file that is named. */
  file: RegExp;
  /** Stands in the line that is named. */
  line: RegExp;
}

const replace =
  (file: string, find: string | RegExp, put: string) =>
  (files: Record<string, string>): void => {
    const text = files[file] ?? "";
    const changed = text.replace(find, put);
    if (changed === text) throw new Error(`${file} has no ${String(find)}`);
    files[file] = changed;
  };
const inCompose =
  (find: string | RegExp, put: string): Mistake["change"] =>
  (files, { compose }) => {
    replace(compose, find, put)(files);
  };
const drop = (files: Record<string, string>, path: string): void => {
  Reflect.deleteProperty(files, path);
};
const dockerfileOf = ({ files }: JobsProject): string =>
  Object.keys(files).find((path) => /Dockerfile$/.test(path)) ?? "";
const has = (project: JobsProject): boolean => dockerfileOf(project) !== "";
const hasCommand = ({ choices }: JobsProject): boolean =>
  !["own dockerfiles", "target"].includes(choices.image);
const COMPOSE = /compose\.ya?ml$/;
const API = /^( {2}api:\n)/m;
const WORKER = /^( {2}worker:\n)/m;

const MISTAKES: Record<string, Mistake> = {
  "no Dockerfile": {
    mistake: "no-dockerfile",
    when: has,
    change: (files, project) => {
      drop(files, dockerfileOf(project));
    },
    file: /\.ya?ml$/,
    line: /build/,
  },
  "a build folder that lacks": {
    mistake: "no-build-folder",
    when: ({ choices, files }) => choices.image === "build map" && has({ files } as JobsProject),
    change: inCompose(/context: [.]+/, "context: ./cod"),
    file: COMPOSE,
    line: /build/,
  },
  "requirements that lack": {
    mistake: "no-requirements",
    when: (project) =>
      has(project) && "requirements.txt" in project.files && project.choices.install !== "mount",
    change: (files) => {
      drop(files, "requirements.txt");
    },
    file: /Dockerfile/,
    line: /requirements\.txt/,
  },
  "requirements that are copied too late": {
    mistake: "no-requirements",
    when: (project) => has(project) && project.choices.install === "requirements",
    change: (files, project) => {
      const path = dockerfileOf(project);
      replace(path, /(COPY requirements.txt .\n)(RUN .*\n)/, "$2$1")(files);
    },
    file: /Dockerfile/,
    line: /pip install/,
  },
  "a Dockerfile that copies nothing": {
    mistake: "copies-nothing",
    when: (project) => has(project) && project.choices.layout !== "above",
    change: (files, project) => {
      const path = dockerfileOf(project);
      files[path] = (files[path] ?? "").replace(/^(COPY|ADD) (?!requirements).*\n/gm, "");
    },
    file: /Dockerfile/,
    line: /COPY|ADD|FROM/,
  },
  "a Dockerfile that copies a file that is not there": {
    mistake: "copies-nothing",
    when: (project) => has(project) && project.choices.copy === "named",
    change: (files, project) => {
      replace(dockerfileOf(project), /api\.py (.*)worker\.py/, "api.py $1workers.py")(files);
    },
    file: /Dockerfile/,
    line: /workers\.py/,
  },
  "a worker without a command": {
    mistake: "same-program",
    when: (project) => hasCommand(project) && has(project) && project.choices.worker !== "entrypoint",
    change: (files, { compose }) => {
      const text = files[compose] ?? "";
      files[compose] = text.replace(/(^ {2}worker:\n(?: {4}.*\n)*?) {4}command: .*\n/m, "$1");
    },
    file: COMPOSE,
    line: /worker:/,
  },
  "a worker's command with a typing error in its file": {
    mistake: "not-in-image",
    when: (project) =>
      hasCommand(project) &&
      !["image only", "inline"].includes(project.choices.image) &&
      project.choices.worker !== "module",
    change: inCompose(/(^ {2}worker:\n(?: {4}.*\n)*?.*)worker\.py/m, "$1worke.py"),
    file: COMPOSE,
    line: /worke\.py/,
  },
  "a worker's command with a typing error in its program": {
    mistake: "command-misspelled",
    when: (project) => hasCommand(project) && project.choices.worker !== "entrypoint",
    change: inCompose(/(^ {2}worker:\n(?: {4}.*\n)*? {4}command:.*)\bpython/m, "$1pyhton"),
    file: COMPOSE,
    line: /pyhton/,
  },
  "a server on 127.0.0.1 of its container": {
    mistake: "heard-inside-only",
    when: ({ choices }) => choices.image !== "image only" && choices.server !== "fastapi run",
    change: (files) => {
      for (const [path, text] of Object.entries(files)) files[path] = text.replaceAll("0.0.0.0", "127.0.0.1");
    },
    file: /./,
    line: /127\.0\.0\.1|api|app|FLASK/,
  },
  "a published port on which nothing listens": {
    mistake: "port-leads-nowhere",
    when: ({ choices }) => choices.image !== "image only" && choices.ports === "short",
    change: inCompose('["5000:5000"]', '["5000:8081"]'),
    file: COMPOSE,
    line: /8081/,
  },
  "a variable that nothing sets": {
    mistake: "compose-variable-unset",
    when: ({ choices }) => choices.host === ".env",
    change: (files, { compose }) => {
      drop(files, compose.replace(/[^/]*$/, ".env"));
    },
    file: COMPOSE,
    line: /REDIS_HOST_NAME/,
  },
  "a variable that leads to 127.0.0.1": {
    mistake: "compose-variable-local",
    when: ({ choices }) => choices.host === "map" || choices.host === "list",
    change: inCompose(/REDIS_IP(: |=)redis-db/g, "REDIS_IP$1127.0.0.1"),
    file: COMPOSE,
    line: /127\.0\.0\.1/,
  },
  "a variable that leads to 127.0.0.1, in a file": {
    mistake: "compose-variable-local",
    when: ({ choices }) => choices.host === "env_file",
    change: (files) => {
      const path = Object.keys(files).find((one) => one.endsWith("app.env")) ?? "";
      replace(path, "redis-db", "localhost")(files);
    },
    file: /app\.env$/,
    line: /localhost/,
  },
  "a variable that names no service": {
    mistake: "compose-variable-nowhere",
    when: ({ choices }) => choices.host === "map" || choices.host === "list",
    change: inCompose(/REDIS_IP(: |=)redis-db/g, "REDIS_IP$1redis"),
    file: COMPOSE,
    line: /redis/,
  },
  "an env_file that is missing": {
    mistake: "env-file-missing",
    when: ({ choices }) => choices.host === "env_file",
    change: (files) => {
      const path = Object.keys(files).find((one) => one.endsWith("app.env")) ?? "";
      drop(files, path);
    },
    file: COMPOSE,
    line: /env_file/,
  },
  "a worker behind a profile": {
    mistake: "behind-profile",
    change: inCompose(WORKER, "$1    profiles: [workers]\n"),
    file: COMPOSE,
    line: /profiles/,
  },
  "networks that do not meet": {
    mistake: "networks-apart",
    when: ({ choices }) => choices.network === "two",
    change: inCompose(/(^ {2}worker:\n(?: {4}.*\n)*? {4}networks: )\[back, front\]/m, "$1[front]"),
    file: COMPOSE,
    line: /networks/,
  },
  "a Redis on a network of its own": {
    mistake: "networks-apart",
    when: ({ choices }) => choices.network === "one",
    change: (files, { compose }) => {
      replace(compose, / {4}networks: \[back\]\n/, "    networks: [data]\n")(files);
      replace(compose, /^networks:\n/m, "networks:\n  data:\n")(files);
    },
    file: COMPOSE,
    line: /networks/,
  },
  "a worker with a name of its own": {
    mistake: "cannot-be-scaled",
    change: inCompose(WORKER, "$1    container_name: my-worker\n"),
    file: COMPOSE,
    line: /container_name/,
  },
  "a worker with a fixed port": {
    mistake: "cannot-be-scaled",
    change: inCompose(WORKER, '$1    ports: ["7000:7000"]\n'),
    file: COMPOSE,
    line: /7000/,
  },
  "version: 3": {
    mistake: "compose-refuses",
    change: inCompose(/^/, "version: 3\n"),
    file: COMPOSE,
    line: /version/,
  },
  "a field that Compose does not know": {
    mistake: "compose-refuses",
    change: inCompose(API, "$1    port: 5000\n"),
    file: COMPOSE,
    line: /port/,
  },
  "an override that is broken": {
    mistake: "compose-refuses",
    when: ({ compose }) => compose === "docker-compose.yml",
    change: (files) => {
      files["docker-compose.override.yml"] = "services:\n  api:\n    ports: 5000\n";
    },
    file: /override/,
    line: /ports/,
  },
};

describe.each(Object.entries(MISTAKES))(
  "7.10 names %s",
  (_, { mistake, when = () => true, change, file, line }) => {
    const some = all.filter(when).slice(0, 5);

    it("in several projects", () => {
      expect(some.length).toBeGreaterThanOrEqual(2);
    });

    it.each(some.map((one) => [one.name, one] as const))("%s", async (__, project) => {
      const files = { ...project.files };
      change(files, project);
      const judgement = await judge(files, project.folder);
      expect(judgement).toMatchObject({ verdict: "not-yet", mistake });
      const [, at = "", text = ""] = /^(\S+?):\d+(?::\d+)?: (.*)/.exec(judgement.observed) ?? [];
      expect(at).toMatch(file);
      if (mistake !== "compose-refuses") expect(text).toMatch(line);
    });
  },
);
