import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { notesOf } from "../../../../src/lab/program/program-notes.js";
import { Program } from "../../../../src/lab/program/program.js";
import { type FieldNote, type RouteNote } from "../../../../src/lab/program/route-note.js";
import { startHere } from "../../../../src/lab/python/start-here.js";
import { writeProject } from "../../../support/python/python-project.js";
import { describeWith, python } from "../../../support/suite/needs.js";

const runtime = new URL("../../../../src/lab/program/runtime", import.meta.url).pathname;

/** The table of routes of the application in api.py. */
async function tableOf(files: Readonly<Record<string, string>>): Promise<readonly RouteNote[]> {
  await using project = await writeProject(files);
  const folder = await realpath(project.folder);
  await using program = new Program({
    python: startHere(python()),
    command: [join(runtime, "serve.py"), join(folder, "api.py")],
    folder,
    runtime,
    env: process.env,
    allowNetwork: false,
    redisPort: 1,
    routes: true,
  });
  await expect
    .poll(() => notesOf(program.notes, "listens").length > 0 || program.ended, { timeout: 20_000 })
    .toBeTruthy();
  expect(program.ended, program.errors).toBeNull();
  return notesOf(program.notes, "routes")[0]?.routes ?? [];
}

const named = (table: readonly RouteNote[]): string[] => table.map(({ method, path }) => `${method} ${path}`);
const formsOf = (table: readonly RouteNote[], path: string, name: string): FieldNote["forms"] | undefined =>
  table.find((one) => one.path === path)?.fields.find((one) => one.name === name)?.forms;

const JOBS = `
import json, redis
from hotqueue import HotQueue
rd = redis.Redis(db=2)
q = HotQueue("queue", db=1)
KINDS = {"mean": 1, "largest": 2}
def add_job(start, end):
    if int(start) > 2030:
        raise ValueError
    rd.set("x", json.dumps({}))
    q.put("x")
    return {"id": "x"}
`;

const FLASK = `
import re
from datetime import datetime
from flask import Blueprint, Flask, request
from flask.views import MethodView
from jobs import KINDS, add_job, rd

app = Flask(__name__)
v1 = Blueprint("v1", __name__)

@v1.route("/jobs", methods=["POST", "GET"])
def jobs():
    body = request.get_json(force=True)
    for name in ("start", "end"):
        if name not in body:
            return "no", 400
    if body["kind"] not in KINDS:
        return "no", 400
    if not isinstance(body.get("note", "usual"), str):
        return "no", 400
    day = datetime.strptime(body["day"], "%d/%m/%Y")
    if not re.match(r"^[A-Z]+$", body["code"]):
        return "no", 400
    return add_job(**{"start": body["start"], "end": body["end"]}) if day else add_job(body["start"], body["end"])

@v1.route("/one/<int:jid>")
def one(jid):
    return rd.hget("x", jid) or ""

class View(MethodView):
    def get(self):
        return request.args["q"]
    def post(self):
        year = int(request.form["year"])
        if year < 1900 or year > 2020:
            return "no", 400
        return str(year)

app.register_blueprint(v1, url_prefix="/api/v1")
app.add_url_rule("/view", view_func=View.as_view("view"))
app.run()
`;

describeWith(["python", "web"], "the table of routes", () => {
  it("of Flask has blueprints with their prefix, several methods of a path, and views", async () => {
    const table = await tableOf({ "jobs.py": JOBS, "api.py": FLASK });
    expect(named(table).sort()).toEqual([
      "GET /api/v1/jobs",
      "GET /api/v1/one/{jid}",
      "GET /view",
      "POST /api/v1/jobs",
      "POST /view",
    ]);
    const jobs = table.find(({ method, path }) => method === "POST" && path === "/api/v1/jobs");
    expect(jobs).toMatchObject({ function: "jobs", file: "api.py", puts: true });
    expect(FLASK.split("\n")[(jobs?.line ?? 0) - 1]).toContain('@v1.route("/jobs"');
    expect(jobs?.does).toEqual([{ command: "SET", db: 2 }]);
    expect(jobs?.saver).toEqual({ function: "add_job", file: "jobs.py", line: 7 });
    expect(jobs?.fields.map(({ where, name }) => `${where} ${name}`)).toEqual([
      "json start",
      "json end",
      "json kind",
      "json note",
      "json day",
      "json code",
    ]);
    const one = table.find(({ path }) => path === "/api/v1/one/{jid}");
    expect(one).toMatchObject({ params: [{ name: "jid", type: "integer" }], puts: false });
  });

  it("has what a handler demands of each part", async () => {
    const table = await tableOf({ "jobs.py": JOBS, "api.py": FLASK.replace(', "GET"]', "]") });
    const forms = (name: string) => formsOf(table, "/api/v1/jobs", name);
    expect(forms("kind")).toEqual([{ is: "one of", words: ["mean", "largest"] }]);
    expect(forms("note")).toEqual([{ is: "type", types: ["str"] }]);
    expect(forms("day")).toEqual([{ is: "date", format: "%d/%m/%Y" }]);
    expect(forms("code")).toEqual([{ is: "like", pattern: "^[A-Z]+$" }]);
    // In another module, in a function that is called with it.
    expect(forms("start")).toEqual([
      { is: "cast", to: "int" },
      { is: "most", value: 2030 },
    ]);
    expect(table.find(({ method, path }) => method === "POST" && path === "/view")?.fields[0]).toEqual({
      where: "form",
      name: "year",
      required: true,
      forms: [
        { is: "cast", to: "int" },
        { is: "least", value: 1900 },
        { is: "most", value: 2020 },
      ],
    });
  });

  it("has of a handler for several methods what is done for each", async () => {
    const api = (post: string, get: string): string => `
from flask import Flask, request
from jobs import add_job, rd
app = Flask(__name__)
@app.route("/jobs", methods=["POST", "GET"])
def jobs():
    ${post}
        body = request.get_json()
        return add_job(body["start"], body["end"])
    ${get}
        return rd.get(request.args["key"])
app.run()
`;
    const fields = (table: readonly RouteNote[], wanted: string) =>
      table
        .filter(({ method }) => method === wanted)
        .map((one) => [one.puts, one.fields.map(({ name }) => name)]);
    for (const [post, get] of [
      ['if request.method == "POST":', 'elif request.method == "GET":'],
      ['if request.method in ("POST", "PUT"):', "else:"],
      ['if not request.method != "POST":', "if True:"],
      ['match request.method:\n      case "POST":', '  case "GET":'],
    ] as const) {
      const table = await tableOf({ "jobs.py": JOBS, "api.py": api(post, get) });
      expect(fields(table, "POST"), post).toEqual([[true, ["start", "end"]]]);
      expect(fields(table, "GET"), post).toEqual([[false, ["key"]]]);
    }
  });

  it("of FastAPI has models, routers with their prefix, and mounted applications", async () => {
    const table = await tableOf({
      "jobs.py": JOBS,
      "api.py": `
from typing import Literal
import uvicorn
from fastapi import APIRouter, FastAPI, Request
from pydantic import BaseModel, Field
from jobs import add_job, rd

class Wanted(BaseModel):
    kind: Literal["sum", "mean"]
    n: int = Field(ge=3)

app, inner = FastAPI(), FastAPI()
router = APIRouter(prefix="/v1")

@router.post("/jobs")
def jobs(body: Wanted, dry: bool = False):
    return add_job(body.n, 3)

@router.get("/jobs/{jid}")
def job(jid: str):
    return rd.hgetall(jid)

@inner.post("/run")
async def run(request: Request):
    body = await request.json()
    return add_job(body["start"], body["end"])

app.include_router(router)
app.mount("/inner", inner)
uvicorn.run(app)
`,
    });
    expect(named(table)).toEqual(["POST /v1/jobs", "GET /v1/jobs/{jid}", "POST /inner/run"]);
    expect(table[0]).toMatchObject({
      puts: true,
      body: {
        as: "json",
        schema: {
          required: ["kind", "n"],
          properties: { kind: { enum: ["sum", "mean"] }, n: { minimum: 3 } },
        },
      },
    });
    expect(table[0]?.fields).toContainEqual(
      expect.objectContaining({ where: "query", name: "dry", required: false }),
    );
    expect(table[2]?.fields.map(({ where, name }) => `${where} ${name}`)).toEqual(["json start", "json end"]);
  });

  it("is there whatever the handlers are", async () => {
    const table = await tableOf({
      "api.py": `
import functools
from flask import Flask, request
app = Flask(__name__)
def twice(f):
    @functools.wraps(f)
    def inner(*args, **kwargs):
        return f(*args, **kwargs)
    return inner
class Strange:
    @property
    def now(self):
        raise SystemExit
strange = Strange()
@app.route("/loop")
def loop():
    return loop()
@app.route("/wrapped")
@twice
def wrapped():
    return request.args.get("n", type=int) or strange.now
app.add_url_rule("/lambda", view_func=lambda: "x", endpoint="l")
app.add_url_rule("/partial", view_func=functools.partial(print, "x"), endpoint="p")
app.run()
`,
    });
    expect(named(table)).toEqual(expect.arrayContaining(["GET /loop", "GET /wrapped"]));
    expect(formsOf(table, "/wrapped", "n")).toEqual([{ is: "cast", to: "int" }]);
  });
});
