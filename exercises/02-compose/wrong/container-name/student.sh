. stage.sh
up
packages python1 python2
# The container's name from before the folder was renamed.
python python1 "try: HotQueue('queue', host='lesson-redis-db-1', port=6379, db=1).put('hello')
except Exception: pass"
until_true python_runs_in python1
check
