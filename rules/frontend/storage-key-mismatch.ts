export function signIn(token: string) {
  localStorage.setItem('auth_token', token)
  localStorage.setItem('theme', 'dark')
}

export function headers() {
  // ruleid: storage-key-mismatch
  const token = localStorage.getItem('authToken')
  // pass: storage-key-mismatch
  const theme = localStorage.getItem('theme')
  // ok: storage-key-mismatch
  const other = localStorage.getItem('written-by-a-library')
  // ok: storage-key-mismatch
  return { token, theme, other, x: sessionStorage.getItem('auth_token') }
}
