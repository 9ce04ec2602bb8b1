. stage.sh
up
packages python1 python2
# The spelling of the version of Compose that is not here.
redis_name=$(docker compose ps --format '{{.Name}}' redis-db)
other=$(echo "$redis_name" | sed 's/-redis-db-1$/_redis-db_1/; t; s/_redis-db_1$/-redis-db-1/')
python python1 "try: HotQueue('queue', host='$other', port=6379, db=1).put('hello')
except Exception: pass"
until_true python_runs_in python1
check
