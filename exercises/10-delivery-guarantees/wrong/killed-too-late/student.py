from stage import KEY, check, kill, plain_worker_takes, queue

queue.put("one")
worker = plain_worker_takes()
worker.blpop(KEY, 0.1)
kill(worker)
check()
