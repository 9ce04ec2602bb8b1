import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadExercise } from "../../src/course/catalog.js";
import { checkOnce } from "../../src/course/session.js";
import { writeProject } from "../support/python/python-project.js";
import { describeWith, python } from "../support/suite/needs.js";
import { sessionIn } from "../support/suite/session.js";

const assets = new URL("../../dist", import.meta.url).pathname;
const { exercise, folder } = await loadExercise(assets, 9);
const read = (name: string): Promise<string> => readFile(join(folder, "solution", name), "utf8");
const [app, tasks, compose, dockerfile, requirements] = await Promise.all(
  ["app.py", "tasks.py", "docker-compose.yml", "Dockerfile", "requirements.txt"].map(read),
);
const others = { Dockerfile: dockerfile, "requirements.txt": requirements };

/** Stacks that are right in another way than the solution. */
const RIGHT: Readonly<Record<string, Record<string, string | undefined>>> = {
  "reads the body itself": {
    ...others,
    "docker-compose.yml": compose,
    "tasks.py": tasks,
    "app.py": app
      ?.replace("import falcon\n", "import json\n\nimport falcon\n")
      .replace(
        "        body = req.get_media()\n        try:\n",
        "        try:\n            body = json.loads(req.stream.read())\n",
      ),
  },
  "names its variables otherwise": {
    ...others,
    "docker-compose.yml": compose?.replace("BROKER:", "CELERY_BROKER_URL:").replace("BACKEND:", "RESULTS:"),
    "tasks.py": tasks?.replace('"BROKER"', '"CELERY_BROKER_URL"').replace('"BACKEND"', '"RESULTS"'),
    "app.py": app,
  },
  "is a package in a folder of its own": {
    "docker-compose.yml": compose
      ?.replaceAll("build: .", "build: ./project")
      .replace('"--app", "tasks"', '"--app", "app.tasks"'),
    "project/Dockerfile": dockerfile
      ?.replace("COPY *.py ./", "COPY app ./app")
      .replace("app:app", "app.web:app"),
    "project/requirements.txt": requirements,
    "project/app/__init__.py": "",
    "project/app/tasks.py": tasks,
    "project/app/web.py": app?.replace("import tasks", "from app import tasks"),
  },
  "is a package without an __init__": {
    "docker-compose.yml": compose
      ?.replaceAll("build: .", "build: ./project")
      .replace('"--app", "tasks"', '"--app", "app.tasks"'),
    "project/Dockerfile": dockerfile
      ?.replace("COPY *.py ./", "COPY app ./app")
      .replace("app:app", "app.web:app"),
    "project/requirements.txt": requirements,
    "project/app/tasks.py": tasks,
    "project/app/web.py": app?.replace("import tasks", "from app import tasks"),
  },
  "reads its variables from .env": {
    ...others,
    ".env": "BROKER=amqp://rabbitmq\nBACKEND=redis://redis:6379/0\n",
    "docker-compose.yml": compose
      ?.replace(/(BROKER: ).*/, "$1${BROKER}")
      .replace(/(BACKEND: ).*/, "$1${BACKEND:-redis://elsewhere}"),
    "tasks.py": tasks,
    "app.py": app,
  },
  "has web and worker in folders of their own": {
    "docker-compose.yml": compose
      ?.replace("build: .", "build: ./web")
      .replace("build: .\n", "build: ./worker\n"),
    "web/Dockerfile": dockerfile,
    "web/requirements.txt": requirements,
    "web/app.py": app
      ?.replace(
        "import tasks\n",
        'import os\n\nfrom celery import Celery\n\nsender = Celery("web", broker=os.environ["BROKER"], backend=os.environ["BACKEND"])\n',
      )
      .replace("tasks.check_number.delay(number)", 'sender.send_task("tasks.check_number", args=[number])')
      .replace("app=tasks.app", "app=sender"),
    "worker/Dockerfile": dockerfile,
    "worker/requirements.txt": requirements,
    "worker/tasks.py": tasks,
  },
  "sends by a Celery object of its own": {
    ...others,
    "docker-compose.yml": compose,
    "tasks.py": tasks,
    "app.py": app
      ?.replace(
        "import tasks\n",
        'import os\n\nfrom celery import Celery\n\nsender = Celery("web", broker=os.environ["BROKER"], backend=os.environ["BACKEND"])\n',
      )
      .replace("tasks.check_number.delay(number)", 'sender.send_task("tasks.check_number", args=[number])')
      .replace("app=tasks.app", "app=sender"),
  },
};

describeWith(["python", "celery"], "exercise 9 takes a stack for right that is so in another way", () => {
  it.each(Object.entries(RIGHT))("%s", async (_, files) => {
    await using project = await writeProject(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text ?? ""])),
    );
    const session = sessionIn(project.folder, { exercise, assets, python: python() });
    const { checks } = await checkOnce(session, "9.4");
    expect(checks.map(({ id }) => id)).toEqual(["9.1", "9.2", "9.4"]);
    expect(checks.filter(({ verdict }) => verdict !== "passed")).toEqual([]);
  });
});
