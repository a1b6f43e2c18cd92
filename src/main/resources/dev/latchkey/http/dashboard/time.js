// Times and durations as people say them.
import {now} from './clock.js';
import {tags} from './tags.js';

const UNITS = [
  ['year', 31536000],
  ['month', 2592000],
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
];

const relative = new Intl.RelativeTimeFormat('en', {numeric: 'always'});
const exact = new Intl.DateTimeFormat('en', {dateStyle: 'full', timeStyle: 'long'});

const MINUTE = 60;

/** What is yet to come counts in minutes begun: a day that has just begun to run is one day, and not 23 hours. */
const secondsTo = (text) => {
  const seconds = (Date.parse(text) - now()) / 1000;
  return seconds < MINUTE ? seconds : Math.ceil(seconds / MINUTE) * MINUTE;
};

/** "3 hours ago", "in 2 days", "just now". */
export function ago(text) {
  const seconds = secondsTo(text);
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) {
      return relative.format(Math.trunc(seconds / length), unit);
    }
  }
  return seconds > 5 ? 'in less than a minute' : 'just now';
}

export const exactly = (text) => exact.format(new Date(text));

/** A time relative to now, the exact one on hover; `none` where there is no time. */
export const when = (text, none) =>
  text === null || text === undefined ? tags.span({class: 'muted'}, none)
    : tags.time({datetime: text, title: exactly(text)}, ago(text));

export const isPast = (text) => text !== null && Date.parse(text) <= now();

const LENGTHS = [[86400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];

/** The largest unit that divides the seconds evenly: 3600 is [1, 'hour']. */
export const inUnits = (seconds) => {
  const [length, unit] = LENGTHS.find(([size]) => seconds % size === 0);
  return [seconds / length, unit];
};

/** "1 hour", "90 seconds". */
export function duration(seconds) {
  const [count, unit] = inUnits(seconds);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const WAITS = [[5400, 3600, 'hour'], [90, 60, 'minute'], [0, 1, 'second']];

/** "5 minutes" for 293 seconds: how long to wait, at least. */
export function waitInWords(seconds) {
  const [, length, unit] = WAITS.find(([from]) => seconds > from) ?? WAITS[2];
  const count = Math.max(1, Math.ceil(seconds / length));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** The text of a datetime-local field, in the person's own time zone. */
export function toLocalField(text) {
  const date = new Date(text);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
}

export const fromLocalField = (text) => new Date(text).toISOString().replace(/\.\d+Z$/, 'Z');
