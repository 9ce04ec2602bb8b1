/** What an exercise cannot do without; `web` is a Python with Flask, or with FastAPI and uvicorn. */
export type Need = "redis" | "docker" | "compose" | "python" | "web";
