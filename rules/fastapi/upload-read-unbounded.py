from fastapi import FastAPI, File, HTTPException, UploadFile

app = FastAPI()
MAX_BYTES = 10_000_000


@app.post("/upload")
async def upload(file: UploadFile = File(...)):
    # ruleid: upload-read-unbounded
    data = await file.read()
    return len(data)


@app.post("/import")
def load(document: UploadFile):
    # ruleid: upload-read-unbounded
    return document.file.read()


@app.post("/checked")
async def checked(file: UploadFile):
    if file.size > MAX_BYTES:
        raise HTTPException(413)
    # ok: upload-read-unbounded
    return await file.read()


@app.post("/after")
async def after(file: UploadFile):
    # ok: upload-read-unbounded
    data = await file.read()
    if len(data) > MAX_BYTES:
        raise HTTPException(413)
    return data


@app.post("/parts")
async def parts(file: UploadFile):
    # ok: upload-read-unbounded
    while chunk := await file.read(1 << 20):
        save(chunk)


async def other(stream):
    # ok: upload-read-unbounded
    return await stream.read()
