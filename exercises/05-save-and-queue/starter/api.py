"""The API. Start it with: python api.py"""

from flask import Flask, request

from jobs import add_job, get_job_by_id

app = Flask(__name__)


@app.route("/jobs", methods=["POST"])
def create_job():
    body = request.get_json(silent=True)
    # Is it a dict with start and end? If not, answer 400 and say so.
    return add_job(body["start"], body["end"])


@app.route("/jobs/<jid>")
def read_job(jid):
    job = get_job_by_id(jid)
    if job is None:
        return {"error": "there is no job {}".format(jid)}, 404
    return job


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
