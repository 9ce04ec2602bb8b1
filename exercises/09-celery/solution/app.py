"""The web: hands tasks over, and says what became of them."""

import falcon
from celery.result import AsyncResult

import tasks


class Numbers:
    def on_post(self, req, resp):
        body = req.get_media()
        try:
            # HTTPie sends "11" where it is told number=11.
            number = int(str(body["number"]))
        except (KeyError, TypeError, ValueError):
            raise falcon.HTTPBadRequest(title="no number", description='send {"number": 11}')
        task = tasks.check_number.delay(number)
        resp.media = {"status": "success", "task_id": task.id}


class Answers:
    def on_get(self, req, resp, task_id):
        task = AsyncResult(task_id, app=tasks.app)
        resp.media = {"status": task.status, "result": task.result if task.successful() else None}


app = falcon.App()
app.add_route("/", Numbers())
app.add_route("/{task_id}", Answers())
