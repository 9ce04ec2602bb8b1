from stage import check, lose_a_message, queue, stop_in_the_middle

lose_a_message()
queue.put("two")
stop_in_the_middle()
check()
