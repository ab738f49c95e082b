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

export function remember(pair: string, user: { jwt: string }, collapsed: boolean) {
  // ok: token-in-web-storage
  window.localStorage.setItem('XSRF-TOKEN', pair)
  // ok: token-in-web-storage
  localStorage.setItem('ui:sidebar-collapsed', String(collapsed))
  // ruleid: token-in-web-storage
  window.localStorage.setItem('app.jwt', user.jwt)
  // ruleid: token-in-web-storage
  localStorage.setItem("openai_api_key", pair)
}
