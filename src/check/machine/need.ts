/** What an exercise cannot do without; `web` is a Python with Flask, or with FastAPI and uvicorn; `celery` one with Celery and Falcon. */
export type Need = "redis" | "docker" | "compose" | "python" | "web" | "celery";
