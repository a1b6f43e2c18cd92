// Talks to the service that this page came from; paths are relative to it, so a path in front of it does not matter.

const service = new URL('../', document.baseURI);

let renew = null;

/** Tells how to get a new session when the old one is over; resolves when the call may be made again. */
export function renewSessionWith(ask) {
  renew = ask;
}

/** An answer that is no success, or no answer at all (status 0). */
export class Problem extends Error {
  constructor(status, detail, errors = [], retryAfter = null) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}

const send = async (path, options) => {
  try {
    return await fetch(new URL(path, service), {cache: 'no-store', ...options});
  } catch (e) {
    if (e.name === 'AbortError') {
      throw e;
    }
    throw new Problem(0, 'The service does not answer. Is it running, and is the network there?');
  }
};

const problemOf = async (response) => {
  const body = await response.json().catch(() => ({}));
  const detail = body.detail ?? body.error_description ?? `The service answered ${response.status}.`;
  const wait = Number(response.headers.get('Retry-After'));
  const errors = Array.isArray(body.errors) ? body.errors : [];
  return new Problem(response.status, wait > 0 ? `${detail} Try again in ${wait} s.` : detail, errors, wait || null);
};

/**
 * Calls the management API and answers {body, etag}. A session that is over is renewed, once the person has signed in
 * again the same call is made again; mayRenew: false leaves that out.
 */
export async function call(method, path, {json, headers = {}, signal, mayRenew = true} = {}) {
  const withBody = json === undefined ? {} : {body: JSON.stringify(json)};
  const type = json === undefined ? {} : {'Content-Type': 'application/json'};
  for (;;) {
    const response = await send(`api/${path}`, {method, signal, headers: {...headers, ...type}, ...withBody});
    if (response.ok) {
      const body = response.status === 204 ? null : await response.json();
      return {body, etag: response.headers.get('ETag')};
    }
    if (response.status !== 401 || !mayRenew || renew === null) {
      throw await problemOf(response);
    }
    await renew();
  }
}

export const get = (path, options) => call('GET', path, options);
export const post = (path, json, options) => call('POST', path, {json, ...options});

/** A public document of the service. */
export async function publicDocument(path) {
  const response = await send(path, {credentials: 'omit'});
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response.json();
}

/** A token for a key, as any client would get it (RFC 6749 §4.4). No cookie goes along. */
export async function requestToken(id, secret) {
  const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
  const response = await send('connect/token', {
    method: 'POST',
    credentials: 'omit',
    headers: {'Authorization': `Basic ${btoa(pair)}`, 'Content-Type': 'application/x-www-form-urlencoded'},
    body: 'grant_type=client_credentials',
  });
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response.json();
}

/** A query from the values that are there. */
export function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
