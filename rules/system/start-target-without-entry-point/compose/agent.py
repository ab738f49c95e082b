def run():
    return 1


class Agent:
    pass
