# Firebell runs its TypeScript as it is: there is no build step.
FROM node:24-slim

WORKDIR /app
ENV NODE_ENV=production

# The dependencies first, so that a change of the source alone does not fetch them again.
COPY package.json package-lock.json .npmrc ./
RUN npm install --omit=dev --no-audit --no-fund && npm cache clean --force

COPY LICENSE ./
COPY src ./src
COPY migrations ./migrations
COPY examples ./examples

# /data holds the embedded database. Inside a container only 0.0.0.0 can be reached from outside.
RUN mkdir /data && chown node:node /data
ENV HOST=0.0.0.0 PORT=3000 DATA_DIR=/data CONFIG=/config/firebell.yaml
VOLUME /data
EXPOSE 3000
USER node

HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz', { signal: AbortSignal.timeout(4000) }).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

# Node gets the signals itself: `docker stop` is a graceful stop.
CMD ["node", "--max-semi-space-size=32", "src/main.ts", "start"]
