import ast

import pandas as pd
import torch

FORMULA = "1 + 2"


def price(formula, values):
    # ruleid: eval-or-exec-dynamic
    return eval(formula, {}, values)


def plugin(path):
    with open(path) as handle:
        # ruleid: eval-or-exec-dynamic
        exec(handle.read())


def compiled(source, name):
    # ruleid: eval-or-exec-dynamic
    code = compile(source, name, "exec")
    # ok: eval-or-exec-dynamic
    exec(code, {})
    tree = ast.parse(source)
    # ok: eval-or-exec-dynamic
    return compile(tree, name, "exec")


def fixed(text, model: torch.nn.Module, frame: pd.DataFrame):
    # ok: eval-or-exec-dynamic
    ast.literal_eval(text)
    # ok: eval-or-exec-dynamic
    eval("1 + 1")
    # ok: eval-or-exec-dynamic
    eval(FORMULA)
    # ok: eval-or-exec-dynamic
    model.eval()
    # ok: eval-or-exec-dynamic
    frame.eval(text)
