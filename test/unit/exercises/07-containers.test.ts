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

describe("7.10 says where redis for Python is one that gives up waiting", () => {
  const judged = async (requirements: string, queue = "", run = "pip install -r requirements.txt") => {
    const files = {
      "api.py": "from flask import Flask\nfrom jobs import q\napp = Flask(__name__)\n",
      "jobs.py": `import os\nfrom hotqueue import HotQueue\nq = HotQueue("queue", host=os.environ["REDIS_IP"], db=1${queue})\n`,
      "worker.py": "from jobs import q\n@q.worker\ndef work(jid):\n    pass\nwork()\n",
      "requirements.txt": requirements,
      Dockerfile: `FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN ${run}\nCMD ["flask", "--app", "api", "run", "--host=0.0.0.0"]\n`,
      "docker-compose.yml": `services:
  redis-db: {image: "redis:7"}
  api: {build: ., ports: ["5000:5000"], environment: {REDIS_IP: redis-db}}
  worker: {build: ., command: python worker.py, environment: {REDIS_IP: redis-db}}
`,
    };
    const found = await judge(files, "");
    expect(found.verdict, JSON.stringify(found)).toBe("passed");
    return found.observed.split("could be better: ")[1] ?? null;
  };

  it.each([
    ["redis\nhotqueue\n", "requirements.txt:1: redis "],
    ["flask\nredis>=5,!=6\nhotqueue==0.2.8\n", "requirements.txt:2: redis>=5,!=6 "],
    ["flask\nhotqueue\n", "requirements.txt:2: hotqueue "],
    ["redis[hiredis] >= 7.0 # fast\n", "requirements.txt:1: redis[hiredis] >= 7.0"],
  ])("of %j it is %j", async (requirements, said) => {
    expect(await judged(requirements)).toContain(said);
  });

  it.each([["redis<8\nhotqueue\n"], ["redis==5.0.1\n"], ["redis~=7.1\nhotqueue\n"], ["redis >= 5, < 8\n"]])(
    "of %j nothing",
    async (requirements) => {
      expect(await judged(requirements)).toBeNull();
    },
  );

  it("of the line of a Dockerfile, and nothing where the queue says how long it waits", async () => {
    expect(await judged("", "", "pip install flask redis hotqueue")).toContain("Dockerfile:4: ");
    expect(await judged("", "", 'pip install flask "redis<8" hotqueue')).toBeNull();
    expect(await judged("redis\n", ", socket_timeout=None")).toBeNull();
  });
});

describe("7.10 names in a module that is started with -m", () => {
  const project = (changed: Record<string, string>): Record<string, string> => ({
    "api.py":
      'from flask import Flask\nfrom jobs import q\napp = Flask(__name__)\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", port=5000)\n',
    "jobs.py":
      'import os\nfrom hotqueue import HotQueue\nq = HotQueue("queue", host=os.environ["REDIS_IP"], port=int(os.environ["REDIS_PORT"]), db=1)\n',
    "worker.py": "from jobs import q\n@q.worker\ndef work(jid):\n    pass\nwork()\n",
    Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install flask hotqueue "redis<8"\n',
    ".env": "REDIS_PORT=6379\n",
    "docker-compose.yml": `services:
  redis-db: {image: "redis:7"}
  api:
    build: .
    command: python -m api
    ports: ["5000:5000"]
    environment:
      REDIS_IP: redis-db
      REDIS_PORT: \${REDIS_PORT}
  worker:
    build: .
    command: python -m worker
    environment:
      REDIS_IP: redis-db
      REDIS_PORT: \${REDIS_PORT}
`,
    ...changed,
  });

  it("nothing where it is right", async () => {
    expect(await judge(project({}), "")).toMatchObject({ verdict: "passed" });
  });

  it("a server on 127.0.0.1", async () => {
    const api = (project({})["api.py"] ?? "").replace("0.0.0.0", "127.0.0.1");
    expect(await judge(project({ "api.py": api }), "")).toMatchObject({
      mistake: "heard-inside-only",
      observed: expect.stringContaining("api.py:5: ") as string,
    });
  });

  it("a number that nothing sets", async () => {
    expect(await judge(project({ ".env": "" }), "")).toMatchObject({
      mistake: "compose-variable-unset",
      observed: expect.stringContaining("docker-compose.yml:9: ") as string,
      cause: expect.stringContaining("REDIS_PORT") as string,
    });
  });
});
