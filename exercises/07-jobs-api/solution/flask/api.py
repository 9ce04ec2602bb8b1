"""The API of the bird counts. Start it with: python api.py"""

import json
from pathlib import Path

from flask import Flask, request

from jobs import add_job, get_job_by_id, get_result, get_sighting, list_jobs, list_sightings, save_sightings

DATA_FILE = Path(__file__).with_name("sightings.json")

app = Flask(__name__)


@app.route("/data", methods=["POST"])
def load_data():
    records = json.loads(DATA_FILE.read_text())
    save_sightings(records)
    return {"loaded": len(records)}


@app.route("/data", methods=["GET"])
def read_data():
    wanted = request.args.get("search", "").lower()
    return [record for record in list_sightings() if wanted in "{bird} {place}".format(**record).lower()]


@app.route("/data/<sid>", methods=["GET"])
def read_one(sid):
    record = get_sighting(sid)
    if record is None:
        return {"error": "there is no sighting {}".format(sid)}, 404
    return record


@app.route("/jobs", methods=["POST"])
def create_job():
    # Without silent=True, Flask would answer in words of its own, and in HTML.
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        return {"error": "send a JSON object, with the header Content-Type: application/json"}, 400
    for name in ("start", "end"):
        if type(body.get(name)) not in (str, int, float):
            return {"error": "{} is missing, or is neither text nor a number".format(name)}, 400
    return add_job(body["start"], body["end"])


@app.route("/jobs", methods=["GET"])
def read_jobs():
    return list_jobs()


@app.route("/jobs/<jid>", methods=["GET"])
def read_job(jid):
    job = get_job_by_id(jid)
    if job is None:
        return {"error": "there is no job {}".format(jid)}, 404
    return job


@app.route("/jobs/<jid>/results", methods=["GET"])
def read_result(jid):
    job = get_job_by_id(jid)
    if job is None:
        return {"error": "there is no job {}".format(jid)}, 404
    if job["status"] != "complete":
        return {"error": "no result yet: the job is {}".format(job["status"])}, 409
    return get_result(jid)


if __name__ == "__main__":
    # 0.0.0.0, because in a container 127.0.0.1 would be reached from inside only.
    app.run(host="0.0.0.0", port=5000)
