import copy
import json
import pickle
from pickle import loads

import joblib
import numpy as np
import pandas as pd
import torch


def cached(redis, key):
    # ruleid: unsafe-deserialization
    return pickle.loads(redis.get(key))


def message(body):
    # ruleid: unsafe-deserialization
    return loads(body)


def models(path):
    # ruleid: unsafe-deserialization
    joblib.load(path)
    # ruleid: unsafe-deserialization
    torch.load(path, map_location="cpu")
    # ruleid: unsafe-deserialization
    np.load(path, allow_pickle=True)
    # ruleid: unsafe-deserialization
    return pd.read_pickle(path)


def fixed(path, body, value):
    # ok: unsafe-deserialization
    torch.load(path, weights_only=True)
    # ok: unsafe-deserialization
    np.load(path)
    # ok: unsafe-deserialization
    json.loads(body)
    # ok: unsafe-deserialization
    pickle.dumps(value)
    # ok: unsafe-deserialization
    return copy.copy(pickle.loads(pickle.dumps(value)))
