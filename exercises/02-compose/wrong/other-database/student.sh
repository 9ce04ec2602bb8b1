. stage.sh
up
packages python1 python2
python python1 'for item in HotQueue("queue", host="redis-db", port=6379, db=0).consume(): print(item)'
until_true waits
python python2 'q = HotQueue("queue", host="redis-db", port=6379, db=1); q.put("hello")'
until_true has_put
check
