export function load(url: string) {
  // ok: no-http-client-timeout
  return fetch(url)
}
