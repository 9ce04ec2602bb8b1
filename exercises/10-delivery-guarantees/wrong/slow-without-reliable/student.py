from stage import bring_one_back, check, lose_a_message, plain_worker_takes, queue

lose_a_message()
first, second = bring_one_back()
second.acknowledge()
queue.put("three")
plain_worker_takes()
check()
