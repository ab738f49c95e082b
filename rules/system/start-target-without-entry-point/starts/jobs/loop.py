def start():
    while True:
        pass
