// Text that people wrote, shown so that it changes nothing around it.
import {tags} from './tags.js';

/** What turns the direction of a text (UAX #9), breaks its line, or cannot be seen at all. */
const CONTROLS = /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** A text whose direction stays its own: what follows it stands where it belongs. */
export const isolated = (text) => tags.bdi(text);

/** The same where no element can be, such as in a label for screen readers or a message: without such characters. */
export const plain = (text) => text.replace(CONTROLS, '');

/** JSON for people, with such characters escaped. */
export const jsonText = (value) =>
  JSON.stringify(value, null, 2).replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
