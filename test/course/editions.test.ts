import { expect, it } from "vitest";
import { loadExercise } from "../../src/course/catalog.js";
import { checkOnce } from "../../src/course/session.js";
import { listModelWays, nameOf, writeModelApi } from "../support/python/model-jobs-api.js";
import { writeProject } from "../support/python/python-project.js";
import { describeWith, python } from "../support/suite/needs.js";
import { sessionIn } from "../support/suite/session.js";

const assets = new URL("../../dist", import.meta.url).pathname;
const exercises = await Promise.all(
  [4, 5, 6].map(async (number) => (await loadExercise(assets, number)).exercise),
);

describeWith(
  ["python", "web"],
  "exercises 4 to 6 take the newest edition for right, in whatever words",
  () => {
    it.concurrent.each(listModelWays(12).map((ways) => [nameOf(ways), ways] as const))(
      "%s",
      async (_, ways) => {
        await using project = await writeProject(writeModelApi(ways));
        for (const exercise of exercises) {
          const { checks } = await checkOnce(
            sessionIn(project.folder, { exercise, assets, python: python() }),
          );
          expect(checks.filter(({ verdict }) => verdict !== "passed")).toEqual([]);
        }
      },
    );
  },
);
