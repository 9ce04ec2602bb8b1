import { type Judgement, notYet, passed, type Place, shellCommand } from "../../../src/course/authoring.js";
import { explainStart, type SystemRun } from "../../../src/subjects/jobs/probe.js";

/** 7.2: the API comes up. */
export function judgeStart({ start, refused }: SystemRun, file: string, place: Place): Judgement {
  const problem = explainStart(start, file);
  const said = start.said ?? [];
  if (!problem) return passed([start.up ? `it answers (${start.app})` : "", ...said].join("\n"));
  const [outside] = refused.filter(({ kind }) => kind === "network");
  return notYet({
    expected: "the API starts, and answers",
    probe: place.again("7.2"),
    ...problem,
    observed: [problem.observed, ...said].join("\n"),
    ...(outside && {
      cause: `${outside.at?.file ?? file}:${outside.at?.line ?? "?"}: it connects to ${outside.target} when it starts`,
      next: "load data in POST /data, and from a file beside the code; or let it through: --allow-network",
      mistake: "needs-the-network",
    }),
  });
}

/** 7.2 from outside. */
export function judgeAnswers({ start }: SystemRun, url: string): Judgement {
  if (start.up) return passed(`${url} answers`);
  return notYet({
    expected: "the system answers",
    observed: `GET ${url}/jobs: ${start.lines[0] ?? "no answer"}`,
    probe: shellCommand("curl", "-i", `${url}/jobs`),
    next: "start it (docker compose up -d), and look which port is published (docker compose ps)",
  });
}
