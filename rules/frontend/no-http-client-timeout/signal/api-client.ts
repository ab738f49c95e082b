export async function request(path: string, { signal }: { signal?: AbortSignal } = {}) {
  // ok: no-http-client-timeout
  const answer = await fetch(`/api${path}`, { signal: signal ?? AbortSignal.timeout(8000) });
  return answer.json();
}
