# ok: no-healthcheck
FROM node:22-slim
ENTRYPOINT ["mcp-server", "--stdio"]
