// Whether a key works, in a word.
import {part, tags} from './tags.js';
import {now} from './clock.js';
import {isPast} from './time.js';

const {span} = tags;

const SOON_MS = 7 * 86400 * 1000;

/** {text, kind} of a key's state now. */
export function stateOf(key) {
  if (!key.enabled) {
    return {text: 'Disabled', kind: 'off'};
  }
  if (isPast(key.expires_at)) {
    return {text: 'Expired', kind: 'bad'};
  }
  if (key.expires_at !== null && Date.parse(key.expires_at) - now() < SOON_MS) {
    return {text: 'Expires soon', kind: 'warn'};
  }
  return {text: 'Enabled', kind: 'good'};
}

export const KeyState = part(function KeyState({accessKey}) {
  const {text, kind} = stateOf(accessKey);
  return span({class: `badge ${kind}`}, text);
});
