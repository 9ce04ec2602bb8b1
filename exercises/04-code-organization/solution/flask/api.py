"""The API. Start it with: python api.py"""

from flask import Flask, request

from jobs import add_job

app = Flask(__name__)


@app.route("/jobs", methods=["POST"])
def create_job():
    body = request.get_json()
    return add_job(body["start"], body["end"])


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
