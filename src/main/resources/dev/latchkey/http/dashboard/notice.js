// What the page says by itself: that something was done, and what went wrong.
import {useEffect, useState} from './hooks.js';
import {part, tags} from './tags.js';

const {div, p, ul, li} = tags;

let show = () => {};

/** Says so, for eyes and for screen readers, until the next one or for some seconds. */
export const say = (text) => show(text);

const SHOWN_MS = 6000;

export const Notices = part(function Notices() {
  const [text, setText] = useState('');
  show = setText;
  useEffect(() => {
    const timer = setTimeout(() => setText(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return div({class: 'notices', role: 'status'}, text === '' ? null : p(text));
});

/** A problem, with what is wrong where no field of the form shows it. */
export const ProblemNote = part(function ProblemNote({problem, shownFields = []}) {
  if (!problem) {
    return null;
  }
  const others = (problem.errors ?? []).filter(({field}) => !shownFields.includes(baseOf(field)));
  const fieldsOnly = (problem.errors ?? []).length > 0;
  return div({class: 'note bad', role: 'alert'},
    fieldsOnly ? (others.length === 0 ? p('Please correct what is marked.') : null) : p(problem.message),
    others.length === 0 ? null : ul(others.map(({field, message}) => li(`${field} ${message}`))));
});

/** The field that a message is about: audience[2] is about audience. */
const baseOf = (field) => field.replace(/[[.].*$/, '');

/** What is wrong with a field; null = nothing. */
export function errorOf(problem, name) {
  const found = (problem?.errors ?? []).filter(({field}) => baseOf(field) === name);
  return found.length === 0 ? null : found.map(({field, message}) => (field === name ? message : `${field} ${message}`)).join('; ');
}
