import redis
from stage import PORT, check, consume, queue, waiting

redis.Redis(port=PORT, db=1).rpush("queue", "one", "two", "three")
consume(queue())
waiting()
check()
