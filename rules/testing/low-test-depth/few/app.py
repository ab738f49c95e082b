def a(): return 1
def b(): return 1
def c(): return 1
def d(): return 1
def e(): return 1
def f(): return 1
