FROM golang:1.23 AS build
USER root
RUN go build -o /app .
# pass: runs-as-root
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /app /app
