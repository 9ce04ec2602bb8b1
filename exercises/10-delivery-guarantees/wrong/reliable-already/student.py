from stage import bring_one_back, check

bring_one_back()
check()
