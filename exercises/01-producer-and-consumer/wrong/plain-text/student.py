import redis
from stage import PORT, check, queue

redis.Redis(port=PORT, db=1).rpush("hotqueue:queue", "one", "two", "three")
len(queue())
check()
