// Views that are fetched when they are first needed, or ahead of that.
import {useEffect, useState} from './hooks.js';
import {part, tags} from './tags.js';

const {p, div, a} = tags;

const IDLE_MS = 1500;
const whenIdle = window.requestIdleCallback ?? ((run) => setTimeout(run, IDLE_MS));

const views = [];

/** Fetches the other views when the browser has nothing else to do. */
export const fetchAhead = () => views.forEach((fetchOne) => whenIdle(() => fetchOne().catch(() => {})));

/** The component `name` of a module. */
export function lazy(load, name) {
  let made = null;
  const ready = () => load().then((module) => {
    made = module[name];
  });
  views.push(ready);
  return part(function Lazy(props) {
    const [state, setState] = useState(made === null ? 'loading' : 'ready');
    useEffect(() => {
      const arrived = made === null ? ready() : Promise.resolve();
      arrived.then(() => setState('ready'), () => setState('failed'));
    }, []);
    if (state === 'failed') {
      return div({class: 'note bad', role: 'alert'}, p('This part of the page could not be fetched. ', a({href: ''}, 'Load the page again')));
    }
    return made === null ? p({class: 'muted', 'aria-busy': 'true'}, 'Loading…') : made(props);
  });
}
