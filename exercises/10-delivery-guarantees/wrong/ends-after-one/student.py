from stage import check, kill, plain_worker_takes, queue

queue.put("one")
kill(plain_worker_takes(), after=0)
check()
