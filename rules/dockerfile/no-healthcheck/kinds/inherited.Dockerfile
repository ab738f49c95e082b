FROM node:22-slim AS base
# pass: no-healthcheck
HEALTHCHECK CMD node probe.js
FROM base AS app
EXPOSE 3000
CMD ["node", "server.js"]
