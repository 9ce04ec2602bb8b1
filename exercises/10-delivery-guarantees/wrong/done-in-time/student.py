from stage import bring_one_back, check, lose_a_message, queue

lose_a_message()
first, second = bring_one_back()
second.acknowledge()
queue.put("three")
second.take()
second.acknowledge()
check()
