. stage.sh
# The engine makes the folder that is missing, and it is root's.
docker compose up --detach --quiet-pull redis-db >/dev/null 2>&1
check
