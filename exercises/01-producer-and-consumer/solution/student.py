from stage import check, consume, queue, waiting

producer, consumer = queue(), queue()
for word in ("one", "two", "three"):
    producer.put(word)
len(producer)
consume(consumer)
waiting()
len(producer)
producer.put("more")
waiting()
producer.put("now")
waiting()
check()
