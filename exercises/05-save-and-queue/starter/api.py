"""The API. Start it with: python api.py"""

from flask import Flask, request

from jobs import add_job

app = Flask(__name__)


@app.route("/jobs", methods=["POST"])
def create_job():
    # silent=True: the body as Python values, or None where it is not JSON.
    body = request.get_json(silent=True)
    # Is it a dict, with start and end? If not, say so, with status 400.
    ...
    return add_job(body["start"], body["end"])


if __name__ == "__main__":
    app.run(port=5000)
