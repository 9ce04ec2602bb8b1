import { type Hints } from "../../src/course/authoring.js";

export const hints: Record<string, Hints> = {
  "9.1": [
    "Which of the four services are built from your files, and which are images as\nothers made them?",
    "Web and worker are one image with two commands. What they wait for says by a\nhealthcheck when it answers.",
    "docker compose config   shows the file as Compose understands it\ndocker compose ps       shows which service is healthy",
    'celery:\n  build: .\n  command: ["celery", "--app", "tasks", "worker", "--loglevel", "INFO"]\n  depends_on:\n    rabbitmq:\n      condition: service_healthy\nrabbitmq with a healthcheck of rabbitmq-diagnostics check_port_connectivity',
  ],
  "9.2": [
    "Who sends to the broker, who takes from it, who writes results, who reads them?",
    "Web and worker need both addresses. In a container localhost is the container;\nthe others are found under their services' names.",
    "docker compose exec celery printenv BROKER BACKEND\ndocker compose exec falcon-web printenv BROKER BACKEND",
    'Both services:\n    environment:\n      BROKER: amqp://rabbitmq\n      BACKEND: redis://redis:6379/0\ntasks.py:\n    app = Celery("tasks", broker=os.environ["BROKER"],\n                 backend=os.environ["BACKEND"])',
  ],
  "9.3": [
    "What do 4, 6 and 8 have in common? And 9, 25 and 49?",
    "A number that has a divisor has one that is not above its root; the root itself\nis one of those to try. And 2 is the only even prime.",
    "python -c 'import tasks\nfor n in range(-2, 30): print(n, tasks.check_number(n))'",
    "if number < 2: return False\nif number % 2 == 0: return number == 2\ndivisor = 3\nwhile divisor * divisor <= number: …",
  ],
  "9.4": [
    "How long does your handler of POST / take for a number of nineteen digits?",
    "delay sends a message and returns at once; what it returns has the id.\nAsyncResult with that id has the status, and the result when there is one.",
    "curl -i localhost:8000 -H 'Content-Type: application/json' -d '{\"number\": \"x\"}'",
    'task = tasks.check_number.delay(number)\nresp.media = {"status": "success", "task_id": task.id}\n\ntask = AsyncResult(task_id, app=tasks.app)\nresp.media = {"status": task.status, "result": task.result if task.successful() else None}',
  ],
  "9.5": [
    "Which of the four containers does not run, or is not healthy?",
    "The first that fails takes others with it. Read its log from the end.",
    "docker compose ps --all\ndocker compose logs celery\ndocker compose logs falcon-web",
    'In the Dockerfile: pip install of celery[redis], falcon and gunicorn, COPY of\nthe .py files, and as the web\'s command\n["gunicorn", "--bind", "0.0.0.0:8000", "app:app"]',
  ],
  "9.6": [
    "Who is busy with the long number, and who is not?",
    "The worker has a process for each core: one computes, the others take the rest.\nThe web only sends and looks up.",
    "docker compose top celery\ndocker compose logs --follow celery",
    "No get(), sleep or inspect() in app.py. No time_limit and no rate_limit at the\ntask, no --concurrency 1 in the worker's command.",
  ],
  "9.7": [
    "When does the worker tell the broker that it has the task: before, or after?",
    "Acknowledged early, the broker forgets the message when the task begins. Late,\nit keeps it until the task is done, and gives it to another if the worker dies.",
    "curl -s -u guest:guest 'localhost:15672/api/queues?disable_stats=true&enable_queue_totals=true'\nbefore and after docker compose kill celery",
    "app.conf.task_acks_late = True\nor for one task   @app.task(acks_late=True)\nA task may then run twice: it must bear that.",
  ],
  "9.8": [
    "Where are the messages while RabbitMQ does not run?",
    "A durable queue is there again after a restart, and in it the messages that were\nsent as persistent. Both is what Celery does if nobody tells it otherwise.",
    "docker compose exec rabbitmq rabbitmqctl list_queues name durable messages",
    "No task_default_delivery_mode, no Queue(…, durable=False), no tmpfs for\n/var/lib/rabbitmq, and no broker_connection_retry_on_startup = False.",
  ],
};
