def run():
    return 1


class Agent:
    pass


if __name__ == "__main__":
    run()
