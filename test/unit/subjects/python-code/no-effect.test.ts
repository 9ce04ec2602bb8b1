import { describe, expect, it } from "vitest";
import { type Finding } from "../../../../src/subjects/python-code/finding.js";
import { readProject } from "../../../../src/subjects/python-code/project.js";
import { writeProject } from "../../../support/python/python-project.js";

async function findingsIn(text: string): Promise<readonly Finding[]> {
  await using project = await writeProject({ "jobs.py": text });
  return (await readProject(project.folder)).findings;
}

async function kindsIn(text: string): Promise<string[]> {
  return (await findingsIn(text)).map(({ kind, line }) => `${kind} ${line}`);
}

const QUEUE =
  'from hotqueue import HotQueue\nimport os\nq = HotQueue("queue", host=os.environ["REDIS_IP"])\n';

describe("a flaw with which a program runs", () => {
  it.each([
    ["f-missing", 'def name(jid):\n    return "job.{jid}"\n', "f-missing 2"],
    [
      "f-missing",
      'def tell(job):\n    error = "bad"\n    print("job {job[\'jid\']}: {error}")\n',
      "f-missing 3",
    ],
    ["except-or", "try:\n    int('x')\nexcept ValueError or KeyError:\n    pass\n", "except-or 3"],
    ["not-called", `${QUEUE}def empty():\n    q.clear\n`, "not-called 5"],
    ["not-called", "def load():\n    return 1\n\nload\n", "not-called 4"],
  ])("is named, and keeps nothing from running: %s", async (kind, text, wanted) => {
    expect(await kindsIn(text)).toEqual([wanted]);
    expect((await findingsIn(text)).filter(({ breaks }) => breaks)).toEqual([]);
    expect(wanted).toContain(kind);
  });

  it.each([
    ["an f-string", 'def name(jid):\n    return f"job.{jid}"\n'],
    ["a text that format fills", 'def name(jid):\n    return "job.{jid}".format(jid=jid)\n'],
    [
      "a text that is filled later",
      'KEY = "job.{jid}"\ndef name(jid):\n    form = "{jid}"\n    return form.format(jid=jid)\n',
    ],
    [
      "a path of a route",
      'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/jobs/{jid}")\ndef read(jid):\n    return jid\n',
    ],
    ["a docstring", 'def name(jid):\n    """The key of {jid}."""\n    return jid\n'],
    ["a regular expression", 'import re\ndef name(n):\n    return re.match(r"a{n}", str(n))\n'],
    ["JSON with other names", 'def name(jid):\n    return "{status}" + jid\n'],
    ["two braces", 'def name(jid):\n    return "{{jid}}" + jid\n'],
    ["a tuple of exceptions", "try:\n    int('x')\nexcept (ValueError, KeyError):\n    pass\n"],
    ["a call", `${QUEUE}q.clear()\n`],
    ["three dots", "def load():\n    ...\n\nload()\n"],
  ])("is not seen in %s", async (_, text) => {
    expect((await kindsIn(text)).filter((one) => /f-missing|except-or|not-called/.test(one))).toEqual([]);
  });
});

describe("an undefined name", () => {
  it.each([
    [
      "under a condition",
      "def run(x):\n    if x is None:\n        return nothing_there\n    return x\n\nrun(1)\n",
    ],
    ["in a function that nobody calls", "def run():\n    return nothing_there\n"],
    ["where an exception is handled", "try:\n    import uuid\nexcept ImportError:\n    nothing_there()\n"],
  ])("is said and keeps nothing from running: %s", async (_, text) => {
    const [found, ...others] = await findingsIn(text);
    expect(found).toMatchObject({ kind: "undefined-name", breaks: false });
    expect(others).toEqual([]);
  });

  it.each([
    ["at the top", "print(nothing_there)\n"],
    ["in a function that is called", "def run():\n    return nothing_there\n\nrun()\n"],
  ])("keeps the program from running %s", async (_, text) => {
    expect(await findingsIn(text)).toMatchObject([{ kind: "undefined-name", breaks: true }]);
  });
});
