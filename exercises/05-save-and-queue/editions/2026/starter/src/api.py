"""The API. Start it with: uv run src/api.py"""

import uvicorn
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

from jobs import Job, add_job, get_job_by_id

app = FastAPI()


class JobRequest(BaseModel):
    # What must a request have? FastAPI refuses what lacks it.
    ...


@app.post("/jobs")
def create_job(request: JobRequest) -> Job:
    return add_job(request.start, request.end)


@app.get("/jobs/{jid}")
def read_job(jid: str) -> Job:
    job = get_job_by_id(jid)
    if job is None:
        raise HTTPException(status_code=404, detail="there is no job {}".format(jid))
    return job


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=5000)
