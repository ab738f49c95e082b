const TOKEN_KEY = 'access_token'

export function signIn(token: string, theme: string) {
  // ruleid: token-in-web-storage
  localStorage.setItem('token', token)
  // ruleid: token-in-web-storage
  sessionStorage.setItem("refreshToken", token)
  // ruleid: token-in-web-storage
  localStorage.setItem(TOKEN_KEY, token)
  // ok: token-in-web-storage
  localStorage.setItem('theme', theme)
  // ok: token-in-web-storage
  sessionStorage.setItem('csrf_token', token)
  // ok: token-in-web-storage
  return localStorage.getItem('token')
}
