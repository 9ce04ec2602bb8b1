import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageOf } from "../../../../src/lab/python/known-packages.js";
import { explainTraceback } from "../../../../src/lab/python/explain-traceback.js";
import { readWantedPackages } from "../../../../src/lab/python/wanted-packages.js";
import { writeProject } from "../../../support/python/python-project.js";

const read = async (files: Record<string, string>, place = "work") => {
  await using project = await writeProject({ [`${place}/api.py`]: "", ...files });
  return readWantedPackages(join(project.folder, place));
};

describe("what a student's files say of their packages", () => {
  it("is in requirements.txt: names and editions, and nothing that is fetched or built from elsewhere", async () => {
    const text = `# ours
Flask==1.1.4   # old
redis[hiredis] >=3.5,<4 ; python_version < "3.12"
hotqueue
-e .
--index-url https://example.org/simple
./local
git+https://example.org/x.git
own @ https://example.org/own.whl
`;
    const { specs, from } = await read({ "work/requirements.txt": text });
    expect(specs).toEqual(["Flask==1.1.4", 'redis[hiredis] >=3.5,<4 ; python_version < "3.12"', "hotqueue"]);
    expect(from).toEqual(["requirements.txt"]);
  });

  it("is in the project's file, or in the lines of an image, also above the folder", async () => {
    const project = `[project]\nname = "x"\ndependencies = [\n  "fastapi>=0.115",\n  'redis==5.2.1',\n]\n`;
    expect((await read({ "work/pyproject.toml": project })).specs).toEqual([
      "fastapi>=0.115",
      "redis==5.2.1",
    ]);
    const image = `FROM python:3.9-slim\nRUN pip3 install --no-cache-dir "redis==3.5.3" \\\n    hotqueue && rm -r /tmp\nRUN pip install -r other.txt\n`;
    expect(await read({ Dockerfile: image })).toEqual({
      specs: ["redis==3.5.3", "hotqueue"],
      python: "3.9",
      from: ["../Dockerfile"],
    });
  });

  it("is nothing where no file says it", async () => {
    expect((await read({})).specs).toEqual([]);
  });
});

describe("what is advised", () => {
  const explain = (error: string) =>
    explainTraceback({ error, frames: [{ file: "jobs.py", line: 3, function: null, text: "" }] });

  it.each([
    ["TypeError: AbstractConnection.__init__() got an unexpected keyword argument 'charset'", "redis<6"],
    ["AttributeError: 'DataFrame' object has no attribute 'append'", "pandas<2"],
    ["ImportError: cannot import name 'url_quote' from 'werkzeug.urls' (/x/urls.py)", "werkzeug<3"],
    ["AttributeError: module 'numpy' has no attribute 'float'.", "numpy<1.24"],
    ["AttributeError: 'Flask' object has no attribute 'before_first_request'", "flask<2.3"],
    ["AttributeError: 'Job' object has no attribute 'model_dump'", "pydantic>=2"],
  ])("names the edition that it was written for: %s", (error, edition) => {
    const { cause, next, mistake } = explain(error);
    expect(cause).toContain(`jobs.py:3: this was written for ${edition}`);
    expect(next).toContain(`pip install "${edition}"`);
    expect(mistake).toBe("package-changed");
  });

  it("installs only what is known to be what is meant", () => {
    expect(explain("ModuleNotFoundError: No module named 'PIL'").next).toContain("pip install pillow");
    for (const name of ["src", "birds", "input_vectorization", "email.utils"])
      expect(explain(`ModuleNotFoundError: No module named '${name}'`).next).not.toContain("pip");
    expect(packageOf("src")).toBeNull();
  });
});
