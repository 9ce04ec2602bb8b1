from stage import check, consume, queue, until

producer, consumer = queue(), queue()
for word in ("one", "two", "three"):
    producer.put(word)
len(producer)
consume(consumer, most=3)
until(lambda: len(producer) == 0)
producer.put("more")
check()
