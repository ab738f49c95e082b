export async function load(id: string) {
  // pass: called-path-not-served
  await fetch(`${BASE}/api/v1/items`)
  // pass: called-path-not-served
  await fetch(`/api/v1/items/${id}`)
  // pass: called-path-not-served
  await api.get(`/items/${id}/history`)
  // ruleid: called-path-not-served
  await fetch(`/api/v1/items/${id}/versions`)
  // unknown: called-path-not-served
  await fetch('/elsewhere/users')
  // ok: called-path-not-served
  await fetch('https://api.example.com/v1/things')
  // ok: called-path-not-served
  await fetch('/locales/en.json')
}
