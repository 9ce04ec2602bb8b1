import { type Question } from "../../src/course/authoring.js";

/** The two questions of the exercise, judged by the facts. */
export const questions: readonly Question[] = [
  {
    before: "2.4",
    ask: "Which name or address reaches Redis from inside python1?",
    judge: (answer, { folder }) => {
      const host = answer
        .trim()
        .replace(/^redis:\/\//, "")
        .replace(/:6379$/, "");
      if (host === "redis-db") return null;
      if (/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host))
        return "Inside a container that is the container itself, and no Redis runs there.";
      if (/redis-db/.test(host))
        return `That looks like a container's name. It changes with the folder (${folder}) and the version of Compose; the service's name does not.`;
      if (/^172\.17\.0\.1$/.test(host))
        return "The bridge works too, as long as the port is published. Inside the project there is a name for it.";
      if (/^\d+\.\d+\.\d+\.\d+$/.test(host))
        return "A container's own address changes at each start. Inside the project there is a name that does not.";
      return "It is the name of the service in the Compose file.";
    },
  },
  {
    before: "2.5",
    ask: "Which Python packages must be installed first?",
    judge: (answer) => {
      const words = answer
        .toLowerCase()
        .split(/[^a-z0-9_-]+/)
        .filter((word) => !["and", "pip", "install", ""].includes(word));
      const missing = ["redis", "hotqueue"].filter((name) => !words.includes(name));
      const more = words.filter((word) => !["redis", "hotqueue"].includes(word));
      if (missing.length > 0) return `Still missing: ${missing.join(" and ")}.`;
      return more.length > 0 ? `Not needed: ${more.join(", ")}.` : null;
    },
  },
];
