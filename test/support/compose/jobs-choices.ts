export const WAYS = {
  layout: ["beside", "src", "above", "docker", "docker-beside"],
  server: [
    "app.run",
    "flask run",
    "uvicorn",
    "gunicorn",
    "fastapi run",
    "uvicorn.run",
    "python -m flask",
    "port variable",
  ],
  image: [
    "build",
    "build map",
    "own dockerfiles",
    "target",
    "anchor",
    "extends",
    "named",
    "image only",
    "inline",
    "mounted",
  ],
  worker: ["list", "string", "shell", "python3 -u", "entrypoint", "whole path", "module", "wait-for-it"],
  copy: ["*.py", ".", "named", "folder"],
  install: ["requirements", "names", "mount", "pinned file"],
  host: ["map", "list", "env_file", "default", ".env", "image", "fallback"],
  ports: ["short", "long", "other", "address", "variable", "proxy"],
  network: ["default", "one", "two", "alias"],
  more: ["nothing", "debug", "insight", "profile", "names", "replicas", "health"],
} as const;

type Way = keyof typeof WAYS;
export type Choices = { -readonly [W in Way]: (typeof WAYS)[W][number] };

export const isFlask = ({ server }: Choices): boolean =>
  ["app.run", "flask run", "gunicorn", "python -m flask", "port variable"].includes(server);

export function apiCommand({ server }: Choices): string {
  switch (server) {
    case "flask run":
      return '["flask", "--app", "api", "run", "--host=0.0.0.0"]';
    case "python -m flask":
      return '["python", "-m", "flask", "--app", "api.py", "run", "-h", "0.0.0.0", "-p", "5000"]';
    case "uvicorn":
      return '["uvicorn", "api:app", "--host", "0.0.0.0", "--port", "5000"]';
    case "gunicorn":
      return '["gunicorn", "-b", "0.0.0.0:5000", "--workers", "2", "api:app"]';
    case "fastapi run":
      return '["fastapi", "run", "api.py", "--port", "5000"]';
    default:
      return '["python", "api.py"]';
  }
}

export function workerCommand({ worker }: Choices): string {
  switch (worker) {
    case "string":
      return "command: python worker.py";
    case "shell":
      return 'command: sh -c "sleep 3 && exec python worker.py"';
    case "python3 -u":
      return 'command: ["python3", "-u", "worker.py"]';
    case "entrypoint":
      return 'entrypoint: ["python"]\n    command: ["worker.py"]';
    case "whole path":
      return "command: python /app/worker.py";
    case "module":
      return "command: [python, -m, worker]";
    case "wait-for-it":
      return 'command: ["wait-for-it", "redis-db:6379", "--", "python", "worker.py"]';
    default:
      return 'command: ["python", "worker.py"]';
  }
}

/** Where the build begins, seen from the Compose file. */
export function contextOf({ layout }: Choices): string {
  return layout === "docker" ? ".." : ".";
}
