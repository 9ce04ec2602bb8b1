import { type Exercise, type Step } from "../../src/course/authoring.js";
import { judgeContainers, judgeDown } from "./containers.js";
import { judgeFile } from "./file.js";
import { hints } from "./hints.js";
import { judgeExchange } from "./exchange.js";
import { blockedByStopped } from "./machine.js";
import { judgeData, judgePackages, judgeReach, judgeSaved } from "./rules.js";
import { questions } from "./questions.js";

/** The kinds of evidence that its checks ask for. */
type Evidence = "compose";

const steps: Step<Evidence>[] = [
  {
    id: "2.1",
    solution: ["docker-compose.yml"],
    title: "the Compose file has the three services",
    needs: [],
    lasting: false,
    task: ({ folder, tq }) =>
      `Write docker-compose.yml in ${folder}\n(${tq("exercise 2 --start")} lays out a beginning) with three services:\n\n    redis-db   image redis:7, volume ./data:/data, port 6379:6379,\n               user 1000:1000, command ["--save", "1", "1"]\n    python1    image python:3.14, command ["sleep", "9999999"]\n    python2    the same as python1`,
    examine: async ({ compose, place }) => judgeFile(await compose.settled(), place),
  },
  {
    id: "2.2",
    title: "the folder data is there, and uid 1000 can write to it",
    needs: [],
    lasting: false,
    task: () =>
      "Make the folder yourself, before anything is started:\n\n    mkdir data\n\nOn Linux it must be writable for user 1000. If your own number (id -u) is\nanother one:  sudo chown 1000:1000 data",
    examine: ({ compose, place }) => Promise.resolve(judgeData(compose.data(), place)),
  },
  {
    id: "2.3",
    title: "three containers run",
    needs: ["2.1", "2.2"],
    lasting: true,
    compose: ["up", "-d"],
    task: () => "Start them, and look at them:\n\n    docker compose up -d\n    docker compose ps",
    examine: ({ compose, place }) => judgeContainers(compose, place),
  },
  {
    id: "2.4",
    title: "Redis is reached by its service's name, from inside only",
    needs: ["2.3"],
    lasting: true,
    task: () =>
      "Which names and addresses reach Redis from where? Try them, inside and outside:\n\n    docker compose exec python1 python -c \\\n      'import socket; print(socket.gethostbyname(\"redis-db\"))'\n    tq network",
    examine: async ({ compose }) =>
      (await blockedByStopped(compose, ["redis-db", "python1"])) ?? judgeReach(await compose.reach()),
  },
  {
    id: "2.5",
    title: "both Python containers have redis and hotqueue",
    needs: ["2.3"],
    lasting: true,
    task: () =>
      "Install what a HotQueue program needs, in both containers:\n\n    docker compose exec python1 pip install redis hotqueue\n    docker compose exec python2 pip install redis hotqueue",
    examine: async ({ compose }) =>
      (await blockedByStopped(compose, ["python1", "python2"])) ??
      judgePackages(await compose.packages("python1"), await compose.packages("python2")),
  },
  {
    id: "2.6",
    title: "messages put in one container are consumed in the other",
    needs: ["2.4", "2.5"],
    lasting: true,
    task: () =>
      'Exercise 1 again, between two containers. In one terminal\n\n    docker compose exec python1 python\n\nand in a second one the same with python2; in both\n\n    from hotqueue import HotQueue\n    q = HotQueue("queue", host="redis-db", port=6379, db=1,\n                 socket_timeout=None)\n\n(socket_timeout=None lets it wait as long as it takes: redis for Python gives\nup after a minute, from version 8 on.) Put in the first, and consume in the second:\n\n    q.put("hello from python1")\n\n    for item in q.consume(): print(item)',
    examine: ({ compose, place }) => judgeExchange(compose, place),
  },
  {
    id: "2.7",
    title: "the data was saved under data",
    needs: ["2.3"],
    lasting: true,
    task: () =>
      "Put a message that nobody consumes, and wait two seconds: --save 1 1 saves one\nsecond after one change. Then look:\n\n    ls -l data",
    examine: async ({ compose, place }) => {
      const saved = judgeSaved(compose.data(), await compose.traffic(), place);
      // A file that is there says all.
      if (saved.verdict !== "not-yet") return saved;
      return (await blockedByStopped(compose, ["redis-db"])) ?? saved;
    },
  },
  {
    id: "2.8",
    title: "all of it is taken down again",
    needs: ["2.6", "2.7"],
    lasting: false,
    compose: ["down"],
    task: () => "Remove the containers and the network; your folder data stays:\n\n    docker compose down",
    examine: ({ compose }) => judgeDown(compose),
  },
];

export const exercise: Exercise<Evidence> = {
  number: 2,
  slug: "compose",
  title: "Three containers with Compose",
  summary: "the same queue, between containers",
  needs: ["docker", "compose"],
  subjects: ["compose"],
  steps,
  hints,
  questions,
  halfway: ["2.1", "2.2", "2.3", "2.4"],
  mistakes: {
    "bad-yaml": "2.1",
    "python-services-missing": "2.1",
    "service-name": "2.1",
    "no-volume": "2.1",
    "wrong-user": "2.1",
    "no-save-command": "2.1",
    "port-not-published": "2.1",
    "sleep-missing": "2.1",
    "data-missing": "2.2",
    "data-owned-by-root": "2.2",
    "port-taken": "2.3",
    "second-project": "2.3",
    "package-missing": "2.5",
    "one-container": "2.6",
    "other-database": "2.6",
    "other-queue": "2.6",
    "localhost-inside": "2.6",
    "container-name": "2.6",
    "underscores-or-hyphens": "2.6",
    "nothing-saved": "2.7",
  },
};
