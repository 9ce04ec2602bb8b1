"""The API. Start it with: python api.py"""

import uvicorn
from fastapi import FastAPI

from jobs import add_job

app = FastAPI()


@app.post("/jobs")
def create_job(body: dict):
    return add_job(body["start"], body["end"])


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=5000)
