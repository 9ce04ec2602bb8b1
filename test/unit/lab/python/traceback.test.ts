import { describe, expect, it } from "vitest";
import { explainTraceback } from "../../../../src/lab/python/explain-traceback.js";
import { writeProject } from "../../../support/python/python-project.js";
import { findTraceback, showTraceback } from "../../../../src/lab/python/traceback.js";

const text = `127.0.0.1 - - "POST /jobs HTTP/1.1" 500 -
Traceback (most recent call last):
  File "/usr/lib/python3/flask/app.py", line 1511, in wsgi_app
    response = self.full_dispatch_request()
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/copy/src/api.py", line 12, in create_job
    return add_job(body["start"], body["end"])
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/copy/src/jobs.py", line 31, in add_job
    save_job(key, job)
    ^^^^^^^^
NameError: name 'save_job' is not defined. Did you mean: '_save_job'?
127.0.0.1 - - more
`;

const found = (errors: string) => {
  const traceback = findTraceback(errors, "/copy");
  if (!traceback) throw new Error("none found");
  return traceback;
};

describe("a traceback", () => {
  it("is cut to the student's lines", () => {
    expect(showTraceback(found(text))).toBe(
      `src/api.py:12 in create_job: return add_job(body["start"], body["end"])
src/jobs.py:31 in add_job: save_job(key, job)
NameError: name 'save_job' is not defined. Did you mean: '_save_job'?`,
    );
  });

  it("is the last one, where one came while another was handled", () => {
    const two = `Traceback (most recent call last):
  File "/copy/a.py", line 1, in f
    x
KeyError: 'x'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/copy/a.py", line 3, in <module>
    f()
redis.exceptions.DataError: Invalid input of type: 'dict'.
`;
    const { error, frames } = found(two);
    expect(error).toContain("DataError");
    expect(frames).toEqual([{ file: "a.py", line: 3, function: null, text: "f()" }]);
  });

  it("of a file that Python cannot read has its line", () => {
    const syntax = `  File "/copy/api.py", line 3
    def f(x)
            ^
SyntaxError: expected ':'
`;
    expect(found(syntax)).toEqual({
      error: "SyntaxError: expected ':'",
      frames: [{ file: "api.py", line: 3, function: null, text: "def f(x)" }],
    });
  });

  it("may stand nowhere in the student's files, or not be there", () => {
    expect(
      found('Traceback (most recent call last):\n  File "/usr/x.py", line 1, in f\n    y\nOSError: no\n')
        .frames,
    ).toEqual([]);
    expect(findTraceback("just a warning\n", "/copy")).toBeNull();
    expect(findTraceback("", "/copy")).toBeNull();
  });
});

describe("what a traceback means", () => {
  const explain = (error: string) =>
    explainTraceback({ error, frames: [{ file: "jobs.py", line: 7, function: "f", text: "…" }] });

  it.each([
    [
      "NameError: name 'save_job' is not defined. Did you mean: '_save_job'?",
      "undefined-name",
      "there is _save_job",
    ],
    [
      "ImportError: cannot import name 'app' from partially initialized module 'api' (most likely due to a circular import) (/copy/api.py)",
      "circular-import",
      "still being imported",
    ],
    ["ImportError: cannot import name 'x' from 'jobs' (/copy/jobs.py)", "name-not-there", "jobs has no x"],
    ["ModuleNotFoundError: No module named 'job'", "no-module", "no module job"],
    [
      "TypeError: add_job() takes 2 positional arguments but 3 were given",
      "wrong-arguments",
      "takes 2 positional",
    ],
    ["TypeError: add_job() missing 1 required positional argument: 'end'", "wrong-arguments", "missing 1"],
    [
      "AttributeError: 'HotQueue' object has no attribute 'dequeue'",
      "unknown-method",
      "HotQueue has no dequeue",
    ],
    ["AttributeError: 'str' object has no attribute 'decode'", "decode-on-text", "text already"],
    ["AttributeError: module 'jobs' has no attribute 'run'", "name-not-there", "jobs has no run"],
    [
      "redis.exceptions.DataError: Invalid input of type: 'dict'. Convert to a bytes",
      "value-not-plain",
      "'dict'",
    ],
    ["IndentationError: unexpected indent", "syntax-error", "unexpected indent"],
    [
      "PermissionError: [Errno 1] tq does not let a program that it runs touch this: example.org:80",
      "refused",
      "example.org:80",
    ],
    ["ZeroDivisionError: division by zero", "exception", "jobs.py:7 in f: …\nZeroDivisionError"],
  ])("%s is %s", (error, mistake, says) => {
    const explanation = explain(error);
    expect(explanation.mistake).toBe(mistake);
    expect(explanation.cause).toContain(says);
    expect(explanation.cause).toContain("jobs.py:7");
    expect(explanation.next).not.toBe("");
  });
});

describe("what FastAPI says of an answer that is not as declared", () => {
  const validation = `ERROR:    Exception in ASGI application
Traceback (most recent call last):
  File "/usr/lib/python3/uvicorn/protocols/http/h11_impl.py", line 403, in run_asgi
    result = await app(self.scope, self.receive, self.send)
  File "/usr/lib/python3/fastapi/routing.py", line 302, in app
    content = await serialize_response(
fastapi.exceptions.ResponseValidationError: 1 validation error:
  {'type': 'model_attributes_type', 'loc': ('response',), 'input': None}

  File "/copy/src/api.py", line 20, in create_job
    POST /jobs
`;

  it("is found although a line that looks like a frame follows it", () => {
    expect(found(validation).error).toBe("fastapi.exceptions.ResponseValidationError: 1 validation error:");
    expect(explainTraceback(found(validation)).mistake).toBe("answer-not-as-declared");
  });
});

describe("an error whose line a reader of the code knows", () => {
  const error = "NameError: name 'redis' is not defined. Did you mean: 'credits'?";
  const frames = [{ file: "jobs.py", line: 3, function: null, text: "rd = redis.StrictRedis()" }];

  it("is told in the reader's words", () => {
    const says = 'redis is used here: "from redis import …" brings StrictRedis, not redis itself';
    const finding = {
      kind: "undefined-name",
      file: "jobs.py",
      line: 3,
      text: "",
      says,
      next: "write StrictRedis",
      breaks: true,
    };
    expect(explainTraceback({ error, frames }, [finding])).toEqual({
      cause: `jobs.py:3: ${says}`,
      next: "write StrictRedis",
      mistake: "undefined-name",
    });
    expect(explainTraceback({ error, frames }, [{ ...finding, line: 9 }]).cause).not.toContain("brings");
  });

  it("proposes no name that merely begins alike", () => {
    expect(explainTraceback({ error, frames }).cause).toBe(
      "jobs.py:3: redis is neither defined nor imported",
    );
  });
});

it("names a file of the student's that Python itself says it took for another", async () => {
  await using project = await writeProject({ "web_app/types.py": "KINDS = []\n" });
  const errors = `Traceback (most recent call last):
  File "/usr/lib/python3.11/functools.py", line 22, in <module>
    from types import GenericAlias
ImportError: cannot import name 'GenericAlias' from 'types' (${project.folder}/web_app/types.py)
`;
  const found = findTraceback(errors, project.folder);
  expect(found && explainTraceback(found).cause).toContain(
    "your file web_app/types.py hides the module types",
  );
});
