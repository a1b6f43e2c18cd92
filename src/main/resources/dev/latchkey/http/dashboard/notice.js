// What the page says by itself: that something was done, and what went wrong.
import {useEffect, useLayoutEffect, useRef, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button} from './action.js';

const {div, p, ul, li, a, span, button} = tags;

let show = () => {};

/** Says so, for eyes and for screen readers, until the next one, for some seconds or until it is closed. */
export const say = (...content) => show({content});

const SHOWN_MS = 6000;
const CONTROLS = 'a[href], button, input, select, textarea, summary';

const coversAControl = (notice) => {
  const {left, right, top, bottom} = notice.getBoundingClientRect();
  return [...document.querySelectorAll(CONTROLS)].some((control) => {
    const box = control.getBoundingClientRect();
    return !notice.contains(control) && box.left < right && box.right > left && box.top < bottom && box.bottom > top;
  });
};

/**
 * At the lower edge of the window, or at the upper one where it would cover a button there. Clicks go through it. It stays
 * while it has the focus, which goes back to where it came from.
 */
export const Notices = part(function Notices() {
  const [notice, setNotice] = useState(null);
  const own = useRef(null);
  const origin = useRef(null);
  const hasFocus = () => own.current.contains(document.activeElement);
  const close = () => {
    if (hasFocus()) {
      (origin.current?.isConnected ? origin.current : document.getElementById('content'))?.focus();
    }
    setNotice(null);
  };
  show = setNotice;
  useLayoutEffect(() => {
    const {classList} = own.current;
    classList.remove('high');
    if (notice !== null && coversAControl(own.current)) {
      classList.add('high');
      classList.toggle('high', !coversAControl(own.current));
    }
  }, [notice]);
  useEffect(() => {
    const onKey = ({key}) => key === 'Escape' && close();
    const timer = setTimeout(() => hasFocus() || close(), SHOWN_MS);
    document.addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', onKey);
    };
  }, [notice]);
  return div({class: notice === null ? 'notices' : 'notices shown', ref: own},
    div({role: 'status'}, notice === null ? null : p(notice.content)),
    notice === null ? null : button({type: 'button', class: 'close', 'aria-label': 'Close this message', onClick: close, onFocus: (event) => {
      origin.current = event.relatedTarget;
    }},
      span({'aria-hidden': 'true'}, '×')));
});

/** A problem, with what is wrong where no field of the form shows it. `onRetry` does again what failed. */
export const ProblemNote = part(function ProblemNote({problem, shownFields = [], onRetry, busy, kind = 'bad'}) {
  if (!problem) {
    return null;
  }
  const {link, errors = []} = problem;
  const others = errors.filter(({field}) => !shownFields.includes(baseOf(field)));
  return div({class: `note ${kind}`, role: 'alert'},
    errors.length > 0 ? (others.length === 0 ? p('Please correct what is marked.') : null)
      : p(problem.message, link ? [' ', a({href: link}, link)] : null),
    others.length === 0 ? null : ul(others.map(({field, message}) => li(`${field} ${message}`))),
    onRetry ? div({class: 'buttons start'}, Button({kind: 'small', busy, onClick: () => onRetry()}, 'Try again')) : null);
});

/** The field that a message is about: audience[2] is about audience. */
const baseOf = (field) => field.replace(/[[.].*$/, '');

/** What is wrong with a field; null = nothing. */
export function errorOf(problem, name) {
  const found = (problem?.errors ?? []).filter(({field}) => baseOf(field) === name);
  return found.length === 0 ? null : found.map(({field, message}) => (field === name ? message : `${field} ${message}`)).join('; ');
}
