# For the scripted students of this exercise; it runs in the folder of the Compose file.

# 6379 of this machine may be taken by whoever runs this.
sed -i "s/\"6379:6379\"/\"$REDIS_PORT:6379\"/" docker-compose.yml

up() {
  mkdir -p data && chmod 777 data
  docker compose up --detach --quiet-pull >/dev/null 2>&1
}

# down, whatever is there, without a word
down() { docker compose down --timeout 0 --volumes --remove-orphans >/dev/null 2>&1; }
trap down EXIT
trap 'exit 143' TERM INT HUP

packages() {
  for service in "$@"; do
    docker compose exec -T "$service" pip install --quiet hotqueue redis >/dev/null 2>&1 || exit 1
  done
}

# python SERVICE CODE: runs it in the background until the containers are gone
python() {
  docker compose exec -T "$1" python -c "from hotqueue import HotQueue
import time
$2
time.sleep(600)" </dev/null >/dev/null 2>&1 &
}

redis() { docker compose exec -T redis-db redis-cli "$@"; }

# until COMMAND...: waits for it to succeed, ten seconds at most
until_true() {
  for _ in $(seq 100); do
    "$@" && return
    sleep 0.1
  done
  echo "the stage was not set in ten seconds: $*" >&2
  exit 1
}

waits() { redis CLIENT LIST | grep -q "flags=b.*cmd=blpop"; }
has_put() { redis CLIENT LIST | grep -q "cmd=rpush"; }
left_is_saved() { grep -q hotqueue:left data/dump.rdb; }
saved() { [ -s data/dump.rdb ]; }
python_runs_in() { docker compose top "$1" | grep -q "HotQueue"; }

check() {
  echo check
  read -r _
}
