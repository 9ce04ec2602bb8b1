. stage.sh
up
packages python1 python2
python python2 'for item in HotQueue("queue", host="redis-db", port=6379, db=1, socket_timeout=None).consume(): print(item)'
until_true waits
python python1 'q = HotQueue("queue", host="redis-db", port=6379, db=1); q.put("hello")'
until_true has_put
until_true waits
redis -n 2 RPUSH hotqueue:left hello >/dev/null
until_true left_is_saved
check
down
check
