from stage import check, queue

producer = queue()
producer.put(["one", "two", "three"])
len(producer)
check()
