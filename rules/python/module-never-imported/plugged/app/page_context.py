"""Part of the service."""


def step_0(value):
    return value + 0


def step_1(value):
    return value + 1


def step_2(value):
    return value + 2


def step_3(value):
    return value + 3


def step_4(value):
    return value + 4


def step_5(value):
    return value + 5


def step_6(value):
    return value + 6


def step_7(value):
    return value + 7


def step_8(value):
    return value + 8


def step_9(value):
    return value + 9
