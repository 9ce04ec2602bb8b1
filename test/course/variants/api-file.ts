import { type Choices } from "./choices.js";
import { statusExpression } from "./jobs-file.js";

function imports({ words }: Choices): string {
  const names = [
    "add_job",
    "get_job_by_id",
    "get_record",
    "get_result",
    "list_data",
    "list_jobs",
    "save_data",
  ];
  return `from jobs import ${words === "enum" ? "Status, " : ""}${names.join(", ")}`;
}

const DATA = `DATA_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sightings.json")`;

function flaskFile(choices: Choices): string {
  return `\
import json
import os

from flask import Flask, jsonify, request

${imports(choices)}

${DATA}

app = Flask(__name__)


@app.route("/data", methods=["POST"])
def load():
    with open(DATA_FILE) as file:
        records = json.load(file)
    save_data(records)
    return jsonify({"loaded": len(records)}), 201


@app.route("/data", methods=["GET"])
def data():
    wanted = request.args.get("search", "")
    return jsonify([record for record in list_data() if wanted in record["bird"]])


@app.route("/data/<rid>")
def one_record(rid):
    record = get_record(rid)
    if record is None:
        return jsonify({"error": f"no record {rid}"}), 404
    return jsonify(record)


@app.route("/jobs", methods=["POST", "GET"])
def jobs():
    if request.method == "GET":
        return jsonify(list_jobs())
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict) or "start" not in body or "end" not in body:
        return jsonify({"error": "send JSON with start and end"}), 400
    return jsonify(add_job(body["start"], body["end"])), 202


@app.route("/jobs/<jid>")
def one_job(jid):
    job = get_job_by_id(jid)
    if job is None:
        return jsonify({"error": f"no job {jid}"}), 404
    return jsonify(job)


@app.route("/jobs/<jid>/results")
def job_results(jid):
    job = get_job_by_id(jid)
    if job is None:
        return jsonify({"error": f"no job {jid}"}), 404
    if job["status"] != ${statusExpression(choices, 2)}:
        return jsonify({"message": "the job is not done yet", "status": job["status"]})
    return jsonify(get_result(jid))


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
`;
}

function fastapiFile(choices: Choices): string {
  return `\
import json
import os

import uvicorn
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

${imports(choices)}

${DATA}

app = FastAPI()


class Interval(BaseModel):
    start: int | str
    end: int | str


@app.post("/data", status_code=201)
def load():
    with open(DATA_FILE) as file:
        records = json.load(file)
    save_data(records)
    return {"loaded": len(records)}


@app.get("/data")
def data(search: str = ""):
    return [record for record in list_data() if search in record["bird"]]


@app.get("/data/{rid}")
def one_record(rid: str):
    record = get_record(rid)
    if record is None:
        raise HTTPException(status_code=404, detail=f"no record {rid}")
    return record


@app.post("/jobs", status_code=202)
def submit(interval: Interval):
    return add_job(interval.start, interval.end)


@app.get("/jobs")
def jobs():
    return list_jobs()


@app.get("/jobs/{jid}")
def one_job(jid: str):
    job = get_job_by_id(jid)
    if job is None:
        raise HTTPException(status_code=404, detail=f"no job {jid}")
    return job


@app.get("/jobs/{jid}/results")
def job_results(jid: str):
    job = get_job_by_id(jid)
    if job is None:
        raise HTTPException(status_code=404, detail=f"no job {jid}")
    if job["status"] != ${statusExpression(choices, 2)}:
        return {"message": "the job is not done yet", "status": job["status"]}
    return get_result(jid)


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=5000)
`;
}

/** The API, in Flask or FastAPI. */
export function apiFile(choices: Choices): string {
  return choices.framework === "flask" ? flaskFile(choices) : fastapiFile(choices);
}
