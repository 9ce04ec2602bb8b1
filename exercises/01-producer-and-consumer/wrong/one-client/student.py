from stage import check, queue

both = queue()
both.put("one", "two", "three")
len(both)
for _ in both.consume(timeout=1):
    pass
check()
