"""The API of the bird counts. Start it with: python api.py"""

import json
from pathlib import Path

import uvicorn
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

from jobs import add_job, get_job_by_id, get_result, get_sighting, list_jobs, list_sightings, save_sightings

DATA_FILE = Path(__file__).with_name("sightings.json")

app = FastAPI()


class JobRequest(BaseModel):
    """What a request must hold. FastAPI answers 422, and says why, where it does not."""

    start: int | float | str
    end: int | float | str


@app.post("/data")
def load_data():
    records = json.loads(DATA_FILE.read_text())
    save_sightings(records)
    return {"loaded": len(records)}


@app.get("/data")
def read_data(search: str = ""):
    wanted = search.lower()
    return [record for record in list_sightings() if wanted in "{bird} {place}".format(**record).lower()]


@app.get("/data/{sid}")
def read_one(sid: str):
    record = get_sighting(sid)
    if record is None:
        raise HTTPException(404, "there is no sighting {}".format(sid))
    return record


@app.post("/jobs")
def create_job(body: JobRequest):
    return add_job(body.start, body.end)


@app.get("/jobs")
def read_jobs():
    return list_jobs()


@app.get("/jobs/{jid}")
def read_job(jid: str):
    job = get_job_by_id(jid)
    if job is None:
        raise HTTPException(404, "there is no job {}".format(jid))
    return job


@app.get("/jobs/{jid}/results")
def read_result(jid: str):
    job = get_job_by_id(jid)
    if job is None:
        raise HTTPException(404, "there is no job {}".format(jid))
    if job["status"] != "complete":
        raise HTTPException(409, "no result yet: the job is {}".format(job["status"]))
    return get_result(jid)


if __name__ == "__main__":
    # 0.0.0.0, because in a container 127.0.0.1 would be reached from inside only.
    uvicorn.run(app, host="0.0.0.0", port=5000)
