export async function load(id: string) {
  // ok: called-path-not-served
  await fetch(`https://maps.example.org/api/v1/items/${id}/tiles`)
  // unknown: called-path-not-served
  await fetch(`${prefix}/${name}/versions`)
  // ok: called-path-not-served
  await fetch('/static/api/v1/items/schema.json')
  // unknown: called-path-not-served
  await axios.get('/admin/users/list')
}
