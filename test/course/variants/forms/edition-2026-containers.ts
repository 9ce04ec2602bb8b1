export const PROJECT = `[project]
name = "comets"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = [
  "fastapi[standard]",
  "hotqueue==0.2.8",
  "redis<8",
]
`;

export const DOCKERFILE = `FROM python:3.14

COPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/

WORKDIR /app
COPY pyproject.toml /app
RUN uv sync
COPY src/ /app

CMD ["uv", "run", "--", "fastapi", "dev", "--host", "0.0.0.0", "api.py"]
`;

export const COMPOSE = `services:
  redis-db:
    image: redis:7
    command: ["--save", "1", "1"]
    volumes:
      - ./data:/data
  api:
    build: ./
    depends_on:
      - redis-db
    environment:
      - REDIS_IP=redis-db
    ports:
      - "8000:8000"
  worker:
    build: ./
    command: uv run -- python worker.py
    depends_on:
      - redis-db
    environment:
      - REDIS_IP=redis-db
`;
