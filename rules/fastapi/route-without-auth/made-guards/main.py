from fastapi import Depends, FastAPI, HTTPException

app = FastAPI()


def allowed(flag):
    def check(x_flag: str):
        if x_flag != flag:
            raise HTTPException(status_code=403)

    return check


class Gate:
    def __init__(self, level):
        self.level = level

    def __call__(self, x_level: int):
        if x_level < self.level:
            raise HTTPException(status_code=401)


def ask(x_name: str):
    if not x_name:
        raise HTTPException(status_code=401)


def whoever(x_name: str):
    return ask(x_name)


def page(number: int = 1):
    return number


# pass: route-without-auth
@app.post("/orders", dependencies=[Depends(allowed("orders"))])
def order():
    return {}


# pass: route-without-auth
@app.post("/stock", dependencies=[Depends(Gate(3))])
def stock():
    return {}


# pass: route-without-auth
@app.post("/notes")
def note(name=Depends(whoever)):
    return name


# ruleid: route-without-auth
@app.post("/lists")
def lists(number=Depends(page)):
    return number


gate_of_stock = Gate(2)


# pass: route-without-auth
@app.delete("/stock/{item}")
def remove(item: int, caller=Depends(gate_of_stock)):
    return item
