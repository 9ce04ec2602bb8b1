. stage.sh
docker run --detach --rm --name "$(basename "$PWD")-other" --publish "$REDIS_PORT:6379" redis:7 >/dev/null
stop_other() { docker rm --force --volumes "$(basename "$PWD")-other" >/dev/null 2>&1; }
trap 'down; stop_other' EXIT
up
check
