"""The API. Start it with: python api.py"""

from flask import Flask, request

from jobs import add_job

app = Flask(__name__)


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


if __name__ == "__main__":
    app.run(port=5000)
