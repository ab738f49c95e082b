def i(): return 1
