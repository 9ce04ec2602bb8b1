"""Sends requests to a student's Falcon application, without a server: call_web.py <file of the app> <file of the tasks>
<JSON: requests, seconds for each>. What it sends to the broker, and which tasks it runs itself, is noted with each."""

import json
import signal
import sys

from tq_runtime import celery_app
from tq_runtime.notes import note

sent = []
ran = []


def watch_tasks():
    from celery.app.task import Task
    from celery.signals import before_task_publish

    def publish(sender=None, headers=None, body=None, **_):
        arguments = list(body[0]) + list(body[1].values()) if isinstance(body, (tuple, list)) else []
        sent.append({"id": (headers or {}).get("id"), "task": sender, "arguments": [repr(one) for one in arguments]})

    before_task_publish.connect(publish, weak=False)
    for name in ("__call__", "apply"):
        original = getattr(Task, name)

        def run(self, *args, _original=original, **kwargs):
            ran.append(self.name)
            return _original(self, *args, **kwargs)

        setattr(Task, name, run)


def find_web(module):
    """Its application, under whatever name; else what a function without arguments makes that is called as one."""
    import falcon
    import falcon.asgi

    kinds = (falcon.App, falcon.asgi.App)
    for name, value in vars(module).items():
        if isinstance(value, kinds):
            return name, value
    for name in ("create_app", "make_app", "get_app"):
        if callable(getattr(module, name, None)):
            made = getattr(module, name)()
            if isinstance(made, kinds):
                return f"{name}()", made
    return None, None


def too_long(*_):
    raise celery_app.TooLong


def ask(web, method, path, body, headers):
    import falcon.asgi
    from falcon import testing

    if isinstance(web, falcon.asgi.App):
        answer = testing.TestClient(web).simulate_request(method, path, body=body, headers=headers)
        return answer.status_code, answer.text
    # Not the test client: it is stricter than gunicorn about how a body may be read.
    environ = testing.create_environ(path=path, method=method, body=body or "", headers=headers)
    answer = testing.StartResponseMock()
    parts = web(environ, answer)
    text = b"".join(parts).decode(errors="replace")
    return int(answer.status.split()[0]), text


def send(web, request, seconds):
    sent.clear()
    ran.clear()
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        body = request.get("body")
        headers = {"Content-Type": "application/json"} if body is not None else None
        status, text = ask(web, request["method"], request["path"], body, headers)
        facts = {"status": status, "text": text[:2000], "problem": None}
    except celery_app.TooLong:
        facts = {"status": None, "text": "", "problem": f"no answer within {seconds} s"}
    except Exception as error:
        facts = {"status": None, "text": "", "problem": f"{type(error).__name__}: {error}"[:400]}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    note(what="web", name=request["name"], **facts, sent=list(sent), ran=list(ran))
    return facts


def main():
    web_file, task_file, wanted = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    app = celery_app.find_app(celery_app.load(task_file))
    module = celery_app.load(web_file)
    app = celery_app.find_app(module) or app
    name, web = find_web(module)
    note(what="app", name=name)
    if app is None or web is None:
        return
    celery_app.describe(app)
    celery_app.keep_in_memory(app)
    watch_tasks()
    signal.signal(signal.SIGALRM, too_long)
    task_id = None
    for request in wanted["requests"]:
        if request.get("stores"):
            # What a worker would have done.
            if task_id is None:
                continue
            app.backend.store_result(task_id, request["stores"], "SUCCESS")
        if "<id>" in request["path"]:
            if task_id is None:
                continue
            request = {**request, "path": request["path"].replace("<id>", task_id)}
        if send(web, request, wanted["each"])["status"] is None:
            break  # whoever waited once need not be waited for again
        if task_id is None and sent:
            task_id = sent[0]["id"]
    note(what="all-asked")


main()
