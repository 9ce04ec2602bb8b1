. stage.sh
up
packages python1 python2
python python1 'try: HotQueue("queue", host="localhost", port=6379, db=1).put("hello")
except Exception: pass'
until_true python_runs_in python1
check
