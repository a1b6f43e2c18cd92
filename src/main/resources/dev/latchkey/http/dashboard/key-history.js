// What was done to one access key, the newest first.
import {part, tags} from './tags.js';
import {useLoad} from './action.js';
import {Events} from './audit-events.js';
import {get, query} from './http.js';
import {ProblemNote} from './notice.js';
import {href} from './route.js';

const {section, h2, p, a} = tags;

const SHOWN = 5;

/** `revision`: anything that is another after each change of the key; `shown`: whether it is for the person to see. */
export const useKeyHistory = ({id, revision, shown}) => {
  const path = `audit${query({limit: SHOWN, subject: id})}`;
  return useLoad((signal) => (shown ? get(path, {signal}) : Promise.resolve({})), `${path} ${revision}`);
};

export const KeyHistory = part(function KeyHistory({id, load: {data, problem, loading, reload}}) {
  const page = data?.body;
  return section({'aria-labelledby': 'history'},
    h2({id: 'history'}, 'History'),
    ProblemNote({problem, onRetry: reload, busy: loading}),
    page ? (page.data.length === 0 ? p({class: 'muted'}, 'Nothing is kept of its changes.') : Events({events: page.data, here: id})) : null,
    page && page.next_cursor !== null ? p(a({href: `${href('audit')}${query({subject: id})}`}, 'All of its history')) : null);
});
