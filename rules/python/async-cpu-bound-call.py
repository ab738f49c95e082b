import asyncio

import bcrypt
from fastapi import FastAPI
from passlib.context import CryptContext
from sentence_transformers import SentenceTransformer

app = FastAPI()
passwords = CryptContext(schemes=["bcrypt"])
model = SentenceTransformer("all-MiniLM-L6-v2")


@app.post("/register")
async def register(password: str):
    # ruleid: async-cpu-bound-call
    return passwords.hash(password)


@app.post("/embed")
async def embed(text: str):
    # ruleid: async-cpu-bound-call
    return model.encode(text).tolist()


@app.post("/login")
def login(password: str, hashed: str):
    # ok: async-cpu-bound-call
    return bcrypt.checkpw(password.encode(), hashed.encode())


@app.post("/offloaded")
async def offloaded(text: str):
    # ok: async-cpu-bound-call
    return await asyncio.to_thread(model.encode, text)


async def at_start():
    # ok: async-cpu-bound-call
    return passwords.hash("warm up")
