from stage import check, consume, queue, waiting

producer, consumer = queue("queue"), queue("que")
producer.put("one", "two", "three")
len(producer)
consume(consumer)
waiting()
check()
