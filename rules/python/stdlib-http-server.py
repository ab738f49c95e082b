import http.server
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from wsgiref.simple_server import make_server


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))


def main(application):
    # ruleid: stdlib-http-server
    HTTPServer(("0.0.0.0", 8080), Handler).serve_forever()
    # ruleid: stdlib-http-server
    ThreadingHTTPServer(("", 8081), Handler).serve_forever()
    # pass: stdlib-http-server
    http.server.HTTPServer(("127.0.0.1", 8082), Handler).serve_forever()
    # ruleid: stdlib-http-server
    make_server("0.0.0.0", 8083, application).serve_forever()
