from stage import check, consume, queue, waiting

producer, consumer = queue(db=1), queue(db=0)
producer.put("one", "two", "three")
len(producer)
consume(consumer)
waiting()
check()
