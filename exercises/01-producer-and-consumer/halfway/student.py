from stage import check, consume, queue, waiting

producer, consumer = queue(), queue()
for word in ("one", "two", "three"):
    producer.put(word)
len(producer)
consume(consumer)
waiting()
check()
