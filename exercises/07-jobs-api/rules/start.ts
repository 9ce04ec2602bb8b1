import {
  blocked,
  type Judgement,
  notYet,
  passed,
  type Place,
  shellCommand,
} from "../../../src/course/authoring.js";
import { explainStart, type SystemRun } from "../../../src/subjects/jobs/probe.js";
import { copyOf, refusedHost } from "./words.js";

/** 7.2: the API comes up. */
export function judgeStart(run: SystemRun, file: string, place: Place): Judgement {
  const { start, routes } = run;
  const problem = explainStart(start, file);
  const said = start.said ?? [];
  const routeCount = routes ? `; ${routes.length} routes` : "";
  if (!problem) return passed([start.up ? `it answers (${start.app})${routeCount}` : "", ...said].join("\n"));
  const web = refusedHost(run);
  if (web) {
    return blocked(
      `${web.at?.file ?? file}:${web.at?.line ?? "?"}: it connects to ${web.target} when it starts, which is not let through`,
      copyOf(web.target),
    );
  }
  return notYet({
    expected: "the API starts, and answers",
    probe: place.again("7.2"),
    ...problem,
    observed: [problem.observed, ...said].join("\n"),
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
