export async function fetcher(url: string) {
  // pass: no-http-client-timeout
  return fetch(url, { signal: AbortSignal.timeout(10_000) })
}
