from stage import check, lose_a_message

lose_a_message()
lose_a_message()
check()
