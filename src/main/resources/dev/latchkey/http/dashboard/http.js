// Talks to the service that this page came from; paths are relative to it, so a path in front of it does not matter.
import {learnTime} from './clock.js';
import {plain} from './text.js';
import {waitInWords} from './time.js';

/** The service's own address, with a slash at its end. */
export const service = new URL('../', document.baseURI);

const LONGEST_MS = 30000;
const READING = ['GET', 'HEAD'];

let renew = null;

/** Tells how to get a new session when the old one is over; resolves when the call may be made again. */
export function renewSessionWith(ask) {
  renew = ask;
}

/** An answer that is no success, or no answer at all (status 0). `link` is an address that helps; null = none. */
export class Problem extends Error {
  constructor(status, detail, errors = [], link = null) {
    super(plain(detail));
    this.status = status;
    this.errors = errors.map(({field, message}) => ({field: plain(String(field)), message: plain(String(message))}));
    this.link = link;
  }
}

const unreachable = (method) => new Problem(0, `The service does not answer. Is it running, and is the network there?${
  READING.includes(method) ? '' : ' Look whether it was done all the same before you try again.'}`);

/** {response, text}: an answer and all of its body, within half a minute. */
const send = async (path, {method = 'GET', signal, ...options}) => {
  const ending = new AbortController();
  const end = () => ending.abort();
  signal?.addEventListener('abort', end);
  const timer = setTimeout(end, LONGEST_MS);
  try {
    const response = await fetch(new URL(path, service), {cache: 'no-store', method, ...options, signal: ending.signal});
    return {response, text: await response.text()};
  } catch (e) {
    throw signal?.aborted ? e : unreachable(method);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
};

const jsonOf = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What a success says; a sign-in page of a proxy is a success too, but not the service's. */
const bodyOf = ({response, text}) => {
  const body = response.status === 204 ? null : jsonOf(text);
  if (body === undefined) {
    throw new Problem(0, `Something other than Latchkey answered at ${service.host}. Is a proxy in between that wants you to sign in?`);
  }
  return body;
};

const UNTOLD = {
  502: 'The service cannot be reached by the proxy in front of it (502).',
  503: 'The service is away or has too much to do (503).',
  504: 'The service did not answer the proxy in front of it in time (504).',
};

/** Says once, and in words, when to try again. */
const withWait = (detail, retryAfter) => {
  const inWords = detail.replace(/\bin (\d+) s\b/g, (whole, seconds) => `in ${waitInWords(Number(seconds))}`);
  const wait = Number(retryAfter);
  return wait > 0 && !/try again/i.test(detail) ? `${inWords} Try again in ${waitInWords(wait)}.` : inWords;
};

const problemOf = ({response, text}) => {
  const {status, headers} = response;
  const body = jsonOf(text) ?? {};
  const detail = String(body.detail ?? body.error_description ?? UNTOLD[status] ?? `The service answered ${status}.`);
  return new Problem(status, withWait(detail, headers.get('Retry-After')), Array.isArray(body.errors) ? body.errors : []);
};

/** Proxies that compress mark an entity tag as weak, or as that of the compressed form; the service's own are neither. */
const ownTag = (etag) => etag && etag.replace(/^W\//, '').replace(/[-;](gzip|br|deflate|zstd)"$/, '"');

/**
 * Calls the management API and answers {body, etag}. A session that is over is renewed, once the person has signed in
 * again the same call is made again; mayRenew: false leaves that out.
 */
export async function call(method, path, {json, headers = {}, signal, mayRenew = true} = {}) {
  const withBody = json === undefined ? {} : {body: JSON.stringify(json)};
  const type = json === undefined ? {} : {'Content-Type': 'application/json'};
  for (;;) {
    const answer = await send(`api/${path}`, {method, signal, headers: {...headers, ...type}, ...withBody});
    const {response} = answer;
    if (response.ok) {
      learnTime(response.headers.get('Date'));
      return {body: bodyOf(answer), etag: ownTag(response.headers.get('ETag'))};
    }
    if (response.status !== 401 || !mayRenew || renew === null) {
      throw problemOf(answer);
    }
    await renew();
  }
}

export const get = (path, options) => call('GET', path, options);
export const post = (path, json, options) => call('POST', path, {json, ...options});

const sendAsClient = async (path, options) => {
  const answer = await send(path, {credentials: 'omit', ...options});
  if (!answer.response.ok) {
    throw problemOf(answer);
  }
  return bodyOf(answer);
};

/** A public document of the service. */
export const publicDocument = (path) => sendAsClient(path, {});

/** A token for a key, as any client would get it (RFC 6749 §4.4). No cookie goes along. */
export function requestToken(id, secret) {
  const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
  return sendAsClient('connect/token', {
    method: 'POST',
    headers: {'Authorization': `Basic ${btoa(pair)}`, 'Content-Type': 'application/x-www-form-urlencoded'},
    body: 'grant_type=client_credentials',
  });
}

/** Calls the endpoints below /dev, which a stand-in has; answers what it says. No cookie goes along. */
export const callLab = (method, path, {json, signal} = {}) => sendAsClient(`dev/${path}`, {
  method,
  signal,
  ...(json === undefined ? {} : {headers: {'Content-Type': 'application/json'}, body: JSON.stringify(json)}),
});

/** A query from the values that are there. */
export function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
