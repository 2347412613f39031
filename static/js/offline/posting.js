/**
 * Posts that wait for the whole answer no longer than they are told: on a bad network a browser may wait for minutes, and
 * what is done under a lock would wait with it.
 */

/**
 * Rejects once it takes too long, and where there is no network.
 * @param {string} address
 * @param {string | URLSearchParams} body a text is JSON
 * @param {boolean} [keepalive] it may outlive the page
 * @param {number} [patienceMs]
 */
export async function fetchWithLimit(address, body, keepalive = false, patienceMs = 30000) {
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), patienceMs);
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: typeof body === "string" ? { "Content-Type": "application/json" } : {},
      body,
      credentials: "omit",
      cache: "no-store",
      // A hotel's or a railway's sign-in page is not the department's answer.
      redirect: "error",
      keepalive,
      signal: stop.signal,
    });
    return new Response(await answer.text(), answer);
  } finally {
    clearTimeout(limit);
  }
}
