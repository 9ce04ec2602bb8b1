/**
 * What an exercise cannot do without; `web` is a Python with Flask, or with FastAPI and uvicorn,
 * `celery` one with Celery and Falcon. `kubectl` is for the steps
 * on a cluster: without it the others can still be done.
 */
export type Need = "redis" | "docker" | "compose" | "python" | "web" | "celery" | "kubectl";
