import { type Hints } from "../../src/course/authoring.js";

export const hints: Record<string, Hints> = {
  "2.1": [
    "Which three services does the step list, and what has each of them?",
    "Each service stands two spaces below services:, and what it has two spaces\nbelow its name. YAML takes spaces, never tabs.",
    "docker compose config   shows how Compose reads the file, or where it cannot",
    'redis-db:\n  image: redis:7\n  volumes: ["./data:/data"]\n  ports: ["6379:6379"]\n  user: "1000:1000"\n  command: ["--save", "1", "1"]\nand python1, python2: image: python:3.14, command: ["sleep", "9999999"]',
  ],
  "2.2": [
    "Who made the folder data, you or the Docker engine?",
    "Redis runs as user 1000 here, and can write only to a folder of that user.\nA folder that the engine had to make belongs to root.",
    "ls -ldn data   shows its owner as a number",
    "mkdir data   before the first start. If it belongs to root:\nsudo chown 1000:1000 data",
  ],
  "2.3": [
    "Which of the three does not run, and what was its last word?",
    "A container lives as long as its command. And a port of this machine can be\ntaken only once, also by the Redis of exercise 1.",
    "docker compose ps --all\ndocker compose logs redis-db",
    "tq redis down   if exercise 1's Redis still runs, then\ndocker compose up -d",
  ],
  "2.4": [
    "Seen from python1: what is 127.0.0.1, and what is redis-db?",
    "Compose puts all services of a file on one network, and makes their names\nknown there, and only there.",
    "tq network   tries every address from every place, and says which answers",
    "Leave networks: out of the file, publish 6379:6379, and docker compose up -d",
  ],
  "2.5": [
    "Which packages does a HotQueue program import, and where are they installed?",
    "Each container has a Python of its own. What is installed in one is not in\nthe other, and not on this machine.",
    "docker compose exec python1 python -c 'import redis, hotqueue'",
    "docker compose exec python1 pip install redis hotqueue\ndocker compose exec python2 pip install redis hotqueue",
  ],
  "2.6": [
    "In which container does each of your two Python shells run?",
    "Producer in one container, consumer in the other, and both with the name by\nwhich containers find Redis.",
    "docker compose exec python1 python\ndocker compose exec python2 python",
    'In both: q = HotQueue("queue", host="redis-db", db=1, socket_timeout=None)\nIn one: q.put("hello")   in the other: for item in q.consume(): print(item)',
  ],
  "2.7": [
    "What would be left if the container of Redis were removed now?",
    "--save 1 1 means: after one change, save within a second. The file is\ndump.rdb, in /data inside, which is data outside.",
    "ls -l data",
    'q.put("keep me")   with no consumer running; wait two seconds; ls -l data\nIf nothing comes: docker compose logs redis-db',
  ],
  "2.8": [
    "What has Compose made that is still there?",
    "stop only stops. down removes the containers and the network as well. Your\nfolder data stays: it is yours, not a container's.",
    "docker compose ps --all   and   docker network ls",
    "docker compose down",
  ],
};
