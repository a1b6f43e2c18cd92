// Views that are fetched when they are first needed, or ahead of that.
import {useEffect, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {useAction} from './action.js';
import {ProblemNote} from './notice.js';
import {Problem, publicDocument} from './http.js';

const {p} = tags;

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
    if (state === 'failed' && made === null) {
      return Missing();
    }
    return made === null ? p({class: 'muted', 'aria-busy': 'true'}, 'Loading…') : made(props);
  });
}

/** A browser may remember that a module is not to be had, and a newer service has others: the page is loaded anew, once it can be. */
const Missing = part(function Missing() {
  const retry = useAction(async () => {
    await publicDocument('.well-known/jwks.json');
    location.reload();
  });
  const problem = retry.problem ?? new Problem(0, 'This part of the page could not be fetched.');
  return ProblemNote({problem, onRetry: retry.run, busy: retry.busy});
});
