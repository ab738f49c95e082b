export async function call(path: string) {
  const url = BASE + path
  // ruleid: no-http-client-timeout
  return fetch(url, { credentials: "include" })
}
