from stage import ReliableWorker, check, lose_a_message, queue

lose_a_message()
queue.put("two")
worker = ReliableWorker("first")
worker.take()
worker.lease_ends()
check()
