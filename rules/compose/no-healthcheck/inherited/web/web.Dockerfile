FROM node:20 AS base
# pass: no-healthcheck
HEALTHCHECK --interval=30s CMD node probe.js
FROM base AS final
CMD ["node", "server.js"]
FROM base AS unused
