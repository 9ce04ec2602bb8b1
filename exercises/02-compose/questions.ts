import { type Question } from "../../src/course/authoring.js";

const NEEDED = ["redis", "hotqueue"];

/** The two questions of the exercise, judged by the facts. */
export const questions: readonly Question<"compose">[] = [
  {
    before: "2.4",
    ask: "Which name or address reaches Redis from inside python1?",
    judge: async (answer, { compose }) => {
      const host = answer.replace(/^redis:\/\//, "").replace(/:6379$/, "");
      const tried = await compose.tryFromPython(host);
      const seen = tried.ok
        ? `Tried in python1: ${host} answers.`
        : `Tried in python1: ${host}: ${tried.reason}.`;
      return { right: tried.ok, says: `${seen} ${comment(host)}` };
    },
  },
  {
    before: "2.5",
    ask: "Which Python packages must be installed first?",
    judge: (answer) => {
      const words = answer
        .toLowerCase()
        .split(/[^a-z0-9_-]+/)
        .filter((word) => !["", "and", "pip", "install"].includes(word));
      const missing = NEEDED.filter((name) => !words.includes(name));
      const more = words.filter((word) => !NEEDED.includes(word));
      const says =
        missing.length > 0
          ? `Still missing: ${missing.join(" and ")}.`
          : more.length > 0
            ? `Not needed: ${more.join(", ")}.`
            : "HotQueue is built on redis, Python's client for Redis.";
      return Promise.resolve({ right: missing.length === 0 && more.length === 0, says });
    },
  },
];

/** What is worth knowing about an address of this kind. */
function comment(host: string): string {
  if (host === "redis-db") return "It is the service's name, and stays the same.";
  if (/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host))
    return "Inside a container that is the container itself.";
  if (host.includes("redis-db")) {
    return "That is a container's name: it changes with the folder and the version of Compose. The service's name does not.";
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host))
    return "Addresses can change; the service's name, redis-db, does not.";
  return "Look at the names of the services in the Compose file.";
}
