import { execFile } from "node:child_process";
import { expect, it } from "vitest";
import { judgeFile } from "../../../exercises/02-compose/file.js";
import { type ComposeProject, readComposeProject } from "../../../src/compose/project.js";
import { settleProject } from "../../../src/compose/settle.js";
import { type Place } from "../../../src/lab/place.js";
import { type Judgement } from "../../../src/verdict/verdict.js";
import { writeProject } from "../../support/python/python-project.js";
import { describeWith } from "../../support/suite/needs.js";
import { type Files, REFUSED, RIGHT } from "./lesson-files.js";
import { OTHERWISE } from "./lesson-files-otherwise.js";

/** The course's files of exercise 2, as judged without Compose, and with what Compose says of them. */

const place = { folder: "here", tq: (words: string) => `tq ${words}` } as unknown as Place;
const { signal } = new AbortController();

/** What a person's shell has, and tq is given. */
const env = (folder: string) => ({ ...process.env, PWD: folder });

async function judge(
  files: Files,
  read: (folder: string) => Promise<ComposeProject | null> | ComposeProject | null,
): Promise<Judgement> {
  await using project = await writeProject(files);
  return judgeFile(await read(project.folder), place);
}

const alone = (files: Files): Promise<Judgement> =>
  judge(files, (folder) => readComposeProject(folder, env(folder)));

const told = ({ verdict, ...rest }: Judgement): unknown => [verdict, "mistake" in rest && rest.mistake];

it("are many", () => {
  expect(Object.keys(RIGHT).length).toBeGreaterThanOrEqual(40);
  expect(Object.keys(REFUSED).length + Object.keys(OTHERWISE).length).toBeGreaterThanOrEqual(40);
});

it.each(Object.entries(RIGHT))("is right: %s", async (_, files) => {
  expect(await alone(files)).toMatchObject({ verdict: "passed" });
});

it.each(Object.entries(REFUSED))("is refused: %s", async (_, files) => {
  expect(await alone(files)).toMatchObject({ verdict: "not-yet" });
});

it.each(Object.entries(OTHERWISE))("is something else: %s", async (_, [mistake, files]) => {
  expect(told(await alone(files))).toEqual(["not-yet", mistake]);
});

describeWith("docker", "Compose itself", () => {
  const all = {
    ...RIGHT,
    ...REFUSED,
    ...Object.fromEntries(Object.entries(OTHERWISE).map(([name, [, files]]) => [name, files])),
  };

  it.each(Object.entries(all))("says the same: %s", async (name, files) => {
    const settled = await judge(files, async (folder) => {
      const refuses = await new Promise<boolean>((resolve) => {
        execFile("docker", ["compose", "config"], { cwd: folder, env: env(folder) }, (error) => {
          resolve(error !== null);
        });
      });
      expect(refuses, "Compose refuses it").toBe(name in REFUSED);
      const file = readComposeProject(folder, env(folder));
      return file && settleProject(file, env(folder), signal);
    });
    expect(told(settled)).toEqual(told(await alone(files)));
  });
});
