"""The API. Start it with: uv run src/api.py"""

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

from jobs import Job, add_job

app = FastAPI()


class JobRequest(BaseModel):
    start: int
    end: int


@app.post("/jobs")
def create_job(request: JobRequest) -> Job:
    return add_job(request.start, request.end)


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=5000)
