// The page's only way to the server: JSON calls under /ui and one stream of events.

const EVENTS = ["message", "message_deleted", "ephemeral", "view_opened", "view_updated", "view_closed", "view_errors",
  "home", "channel", "im", "call", "connected"];

/** POST JSON and return the answer; what went wrong on the way comes back as {ok: false, error, text}. */
export async function post(path, body) {
  return ask(`/ui/${path}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  });
}

/** Ask the test controls under /admin; answers as `post` does. */
export async function admin(method, path, body) {
  const json = body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return ask(`/admin/${path}`, { method, ...json });
}

/** Everything `user` can see; without a user the server chooses who looks. */
export async function readSnapshot(user) {
  return ask(`/ui/snapshot${user ? `?user=${encodeURIComponent(user)}` : ""}`);
}

async function ask(address, options) {
  try {
    const response = await fetch(address, options);
    const text = await response.text();
    try {
      return { ok: response.ok, ...JSON.parse(text) };
    } catch {
      return { ok: false, error: `http_${response.status}`, text: `The sandbox answered ${response.status}.` };
    }
  } catch {
    return { ok: false, error: "unreachable", text: "The sandbox cannot be reached." };
  }
}

/**
 * Follow what happens as `user` sees it. `onOpen` runs at each (re)connection, `onEvent(name, data)` for each event,
 * `onLost` when the connection broke. Returns a function that stops it.
 */
export function follow(user, { onOpen, onEvent, onLost }) {
  let source = null;
  let retry = null;
  const connect = () => {
    source = new EventSource(`/ui/live?user=${encodeURIComponent(user)}`);
    source.addEventListener("open", onOpen);
    source.addEventListener("error", () => {
      onLost();
      // The browser retries a broken stream by itself, but gives up after an answer that is not a stream.
      if (source.readyState === EventSource.CLOSED) retry = setTimeout(connect, 1500);
    });
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => onEvent(name, JSON.parse(event.data)));
    }
  };
  connect();
  return () => {
    clearTimeout(retry);
    source.close();
  };
}
