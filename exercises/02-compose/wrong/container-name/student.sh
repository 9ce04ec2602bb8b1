. stage.sh
up
packages python1 python2
# As Compose v1 called it.
python python1 "try: HotQueue('queue', host='$(basename "$PWD")_redis-db_1', port=6379, db=1).put('hello')
except Exception: pass"
until_true python_runs_in python1
check
