import { apiCommand, type Choices, contextOf, isFlask, WAYS } from "./jobs-choices.js";
import { dockerfileBody, writeCompose } from "./jobs-compose.js";

/** A jobs API with its containers, in one of the ways of students. */
export interface JobsProject {
  name: string;
  files: Record<string, string>;
  /** The folder of the code that is checked, relative to the project; "" where it is the project. */
  folder: string;
  /** Path of the Compose file. */
  compose: string;
  choices: Choices;
}

/** Every choice of every way at least five times, each time beside others. */
export function listJobsProjects(): JobsProject[] {
  return Array.from({ length: 56 }, (_, n) => {
    const chosen = Object.entries(WAYS).map(([way, all], at) => {
      const step = Math.floor(n / all.length);
      return [way, all[(n + step * (at + 1)) % all.length]];
    });
    return writeProjectOf(n, Object.fromEntries(chosen) as Choices);
  });
}

function writeProjectOf(n: number, choices: Choices): JobsProject {
  const { layout } = choices;
  const code = layout === "src" || layout === "above" ? "src/" : "";
  const at = layout === "docker" ? "docker/" : "";
  const compose = `${at}${["docker-compose.yml", "compose.yaml", "docker-compose.yaml"][n % 3] ?? ""}`;
  const files: Record<string, string> = {
    ...writeCode(choices, code),
    [compose]: writeCompose(choices, code),
    ...writeImages(choices, code),
  };
  if (choices.image === "extends") {
    const dockerfile = layout === "docker" ? "docker/Dockerfile" : "Dockerfile";
    files[`${at}base.yml`] =
      `services:\n  code:\n    build: {context: ${contextOf(choices)}, dockerfile: ${dockerfile}}\n`;
  }
  if (choices.host === ".env") files[`${at}.env`] = "REDIS_HOST_NAME=redis-db\n";
  if (choices.host === "env_file") files[`${at}app.env`] = "# where Redis is\nREDIS_IP=redis-db\n";
  const name = `${n}: ${Object.values(choices).join(", ")}`;
  return { name, files, compose, choices, folder: layout === "above" ? "src" : "" };
}

function writeCode(choices: Choices, code: string): Record<string, string> {
  const { host, server } = choices;
  const fallback = host === "fallback" ? "redis-db" : "127.0.0.1";
  const jobs = `import os
import redis
from hotqueue import HotQueue

host = os.environ.get("REDIS_IP", "${fallback}")
rd = redis.Redis(host=host, port=6379, db=0)
q = HotQueue("queue", host=host, port=6379, db=1)
`;
  const flaskRun =
    server === "port variable"
      ? 'app.run(host=os.environ.get("FLASK_HOST", "127.0.0.1"), port=int(os.environ.get("API_PORT", "8888")))'
      : 'app.run(debug=True, host="0.0.0.0")';
  const api = isFlask(choices)
    ? `import os
from flask import Flask
from jobs import q, rd
app = Flask(__name__)

@app.route("/jobs", methods=["POST"])
def create():
    return {}

if __name__ == "__main__":
    ${flaskRun}
`
    : `import uvicorn
from fastapi import FastAPI
from jobs import q, rd
app = FastAPI()

@app.post("/jobs")
def create():
    return {}

if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=5000)
`;
  const worker = `from jobs import q, rd

@q.worker
def work(jid):
    rd.set(jid, "complete")

work()
`;
  return { [`${code}api.py`]: api, [`${code}jobs.py`]: jobs, [`${code}worker.py`]: worker };
}

function writeImages(choices: Choices, code: string): Record<string, string> {
  const { image, install } = choices;
  if (image === "mounted" || image === "image only") return {};
  const files: Record<string, string> = {
    "requirements.txt": "flask\nfastapi[standard]\nhotqueue\nredis\nuvicorn\ngunicorn\n",
  };
  if (install === "names") delete files["requirements.txt"];
  const body = dockerfileBody(choices, code);
  const path = choices.layout === "docker" ? "docker/Dockerfile" : "Dockerfile";
  if (image === "own dockerfiles") {
    files["Dockerfile.api"] = `${body}CMD ${apiCommand(choices)}\n`;
    files["Dockerfile.worker"] = `${body}CMD python worker.py\n`;
  } else if (image === "target") {
    files[path] =
      body.replace(/^FROM (\S+)/, "FROM $1 AS base") +
      `FROM base AS api\nCMD ${apiCommand(choices)}\nFROM base AS worker\nCMD ["python", "worker.py"]\n`;
  } else if (image !== "inline") files[path] = `${body}EXPOSE 5000\nCMD ${apiCommand(choices)}\n`;
  return files;
}
