"""The web: hands tasks over, and says what became of them."""

import falcon

import tasks


class Numbers:
    def on_post(self, req, resp):
        body = req.get_media()
        # "11" as text is a number, too. And what if there is none in it?
        number = body["number"]
        task = tasks.check_number.delay(number)
        resp.media = {"status": "success", "task_id": task.id}


app = falcon.App()
app.add_route("/", Numbers())
# Here is missing: GET /<task id>, which answers with status and result.
