"""The API. Start it with: python api.py"""

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

from jobs import add_job

app = FastAPI()


class JobRequest(BaseModel):
    """What a request must hold. FastAPI answers 422, and says why, where it does not."""

    start: int | float | str
    end: int | float | str


@app.post("/jobs")
def create_job(body: JobRequest):
    return add_job(body.start, body.end)


if __name__ == "__main__":
    uvicorn.run(app, port=5000)
