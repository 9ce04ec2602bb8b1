from stage import bring_one_back, check, lose_a_message

lose_a_message()
first, second = bring_one_back("two")
second.acknowledge()
slow, other = bring_one_back("three")
other.acknowledge()
slow.acknowledge()
check()
