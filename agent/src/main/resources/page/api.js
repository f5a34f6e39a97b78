// What the daemon is asked. Every answer is JSON; a failure is an Error with one sentence for a person.

const TIMEOUT_MS = 10_000;
const NOT_FOUND = 404;

async function get(path) {
  let answer;
  try {
    answer = await fetch(path, { signal: AbortSignal.timeout(TIMEOUT_MS), cache: "no-store" });
  } catch {
    throw new Error("The daemon does not answer.");
  }
  if (!answer.ok) {
    const { error } = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(error ?? `The daemon answers with status ${answer.status}.`), { status: answer.status });
  }
  return answer;
}

export async function snapshot() {
  return (await get("api/v1/snapshot")).json();
}

/** The same of one network element only; null if there is none of that name now. */
export async function snapshotOf(ne) {
  try {
    return await (await get(`api/v1/snapshot?${new URLSearchParams({ ne })}`)).json();
  } catch (error) {
    if (error.status === NOT_FOUND) {
      return null;
    }
    throw error;
  }
}

/** The history of a network element: times in seconds since 1970. */
export async function history(ne, from, to, points) {
  const query = new URLSearchParams({ ne, from: Math.round(from * 1000), to: Math.round(to * 1000), points });
  return (await get(`api/v1/history?${query}`)).json();
}

/** Why a network element was loaded, as text. */
export async function why(ne, at) {
  const query = new URLSearchParams({ ne, at: Math.round(at * 1000) });
  return (await get(`api/v1/why?${query}`)).text();
}
