// A key's settings while they are being typed, and what has to be sent of them.
import {may} from './may.js';
import {isReserved} from './scope-filter.js';
import {jsonText} from './text.js';
import {isPast} from './time.js';

/** The draft of a new key; it alone says whether it has a secret. */
export const blankDraft = () => ({
  name: '', description: '', scopes: [], expires_at: null, lifetime: '', lifetimeUnit: '60', audience: '', claims: '', jwks: '', federated: '', withoutSecret: false,
});

const pretty = (value) => (value === null || Object.keys(value).length === 0 ? '' : jsonText(value));

/** The draft that shows a key as it is. */
export function draftOf(key) {
  const seconds = key.token_lifetime;
  const unit = seconds === null ? 60 : [3600, 60, 1].find((size) => seconds % size === 0);
  return {
    name: key.name,
    description: key.description,
    scopes: key.scopes,
    expires_at: key.expires_at,
    lifetime: seconds === null ? '' : String(seconds / unit),
    lifetimeUnit: String(unit),
    audience: key.audience.join('\n'),
    claims: pretty(key.claims),
    jwks: pretty(key.jwks),
    federated: key.federated.length === 0 ? '' : jsonText(key.federated),
  };
}

/**
 * The draft of a new key with the settings of another. The name is for its maker to choose, and public keys are one client's
 * alone; an end that has passed is none, and what the person may not give is left out.
 */
export function draftLike(key, user) {
  return {
    ...draftOf(key),
    name: '',
    jwks: '',
    federated: '',
    withoutSecret: false,
    scopes: key.scopes.filter((name) => !isReserved(name) || may(user, 'giveReservedScopes')),
    expires_at: isPast(key.expires_at) ? null : key.expires_at,
  };
}

/** A text as a JSON object; undefined where it is none. Empty text is `empty`. */
const objectOf = (text, empty) => {
  if (text.trim() === '') {
    return empty;
  }
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** A text as a JSON array, empty where it is empty; undefined where it is none. */
const arrayOf = (text) => {
  try {
    const value = text.trim() === '' ? [] : JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const jsonError = (field, text) => {
  try {
    JSON.parse(text);
    return {field, message: 'must be a JSON object: {"name": "value"}'};
  } catch (e) {
    return {field, message: `is not JSON: ${e.message}`};
  }
};

/**
 * {settings, errors}: the settings that a draft means as the API takes them. Only what cannot be sent at all is an error
 * here; the rest is for the service to judge.
 */
export function settingsOf(draft) {
  const errors = [];
  const claims = objectOf(draft.claims, {});
  const jwks = objectOf(draft.jwks, null);
  if (claims === undefined) {
    errors.push(jsonError('claims', draft.claims));
  }
  if (jwks === undefined) {
    errors.push(jsonError('jwks', draft.jwks));
  }
  const federated = arrayOf(draft.federated);
  if (federated === undefined) {
    errors.push({field: 'federated', message: 'must be a JSON array: [{"issuer": "github", "subject": "repo:…"}]'});
  }
  const lifetime = draft.lifetime.trim();
  if (lifetime !== '' && !/^\d+$/.test(lifetime)) {
    errors.push({field: 'token_lifetime', message: 'must be a whole number'});
  }
  if (draft.expires_at === '') {
    errors.push({field: 'expires_at', message: 'must be a date and a time'});
  }
  const settings = {
    name: draft.name.trim(),
    description: draft.description.trim(),
    scopes: draft.scopes,
    token_lifetime: lifetime === '' ? null : Number(lifetime) * Number(draft.lifetimeUnit),
    audience: draft.audience.split(/\s+/).filter((text) => text !== ''),
    jwks,
    claims,
    federated,
    expires_at: draft.expires_at,
  };
  return {settings, errors};
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The merge patch (RFC 7396) that turns one object into another. */
export function mergePatch(from, to) {
  const patch = {};
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (!(name in to)) {
      patch[name] = null;
    } else if (isObject(from[name]) && isObject(to[name])) {
      const inner = mergePatch(from[name], to[name]);
      if (Object.keys(inner).length > 0) {
        patch[name] = inner;
      }
    } else if (!same(from[name], to[name])) {
      patch[name] = to[name];
    }
  }
  return patch;
}

/** The part of a key that people choose. */
export const SETTINGS = ['name', 'description', 'scopes', 'token_lifetime', 'audience', 'jwks', 'claims', 'federated', 'expires_at'];

export const chosenOf = (key) => Object.fromEntries(SETTINGS.map((name) => [name, key[name]]));
