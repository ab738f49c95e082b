from contextlib import asynccontextmanager

from fastapi import FastAPI

app = FastAPI()


# ruleid: deprecated-event-handler
@app.on_event("startup")
async def start():
    await app.state.pool.open()


async def stop():
    await app.state.pool.close()


# ruleid: deprecated-event-handler
app.on_event("shutdown")(stop)
# ruleid: deprecated-event-handler
app.add_event_handler("shutdown", stop)


@asynccontextmanager
async def lifespan(app):
    yield


# ok: deprecated-event-handler
app = FastAPI(lifespan=lifespan)


# ok: deprecated-event-handler
@bot.on_event("message")
async def message(text):
    print(text)
