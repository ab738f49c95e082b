import uvicorn
from fastapi import FastAPI
from prometheus_client import start_http_server

app = FastAPI()
if __name__ == "__main__":
    start_http_server(9100)
    uvicorn.run(app, host="0.0.0.0", port=8000)
