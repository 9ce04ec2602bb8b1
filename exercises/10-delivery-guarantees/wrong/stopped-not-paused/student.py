from stage import bring_one_back, check, lose_a_message, queue, stop_in_the_middle

lose_a_message()
first, second = bring_one_back()
second.acknowledge()
queue.put("three")
stop_in_the_middle()
check()
