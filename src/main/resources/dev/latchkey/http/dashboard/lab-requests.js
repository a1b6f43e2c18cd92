// What a stand-in was asked, as it comes in.
import {useEffect, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useAction} from './action.js';
import {callLab, query} from './http.js';
import {ProblemNote} from './notice.js';

const {section, h2, p, div, table, thead, tbody, tr, th, td, caption, span} = tags;

const MOST = 50;
const WAIT = '20s';
const RETRY_MS = 3000;

/** {requests, problem}: all requests so far; asks for one more than there are and waits for it. */
const useRequests = (turn) => {
  const [state, setState] = useState({requests: null, problem: null});
  useEffect(() => {
    const ending = new AbortController();
    const {signal} = ending;
    const follow = async () => {
      let wait = {};
      while (!signal.aborted) {
        try {
          const {data} = await callLab('GET', `requests${query(wait)}`, {signal});
          wait = {at_least: data.length + 1, wait: WAIT};
          setState({requests: data, problem: null});
        } catch (problem) {
          if (!signal.aborted) {
            setState((before) => ({...before, problem}));
            await new Promise((done) => setTimeout(done, RETRY_MS));
          }
        }
      }
    };
    follow();
    return () => ending.abort();
  }, [turn]);
  return state;
};

export const LabRequests = part(function LabRequests() {
  const [turn, setTurn] = useState(0);
  const {requests, problem} = useRequests(turn);
  const clear = useAction(async () => {
    await callLab('DELETE', 'requests');
    setTurn((before) => before + 1);
  });
  return section({class: 'card', 'aria-labelledby': 'lab-requests'},
    h2({id: 'lab-requests'}, 'Requests'),
    ProblemNote({problem: problem ?? clear.problem}),
    requests === null || requests.length === 0 ? p({class: 'muted'}, 'Nothing was asked yet.') : RequestTable({requests}),
    div({class: 'buttons start'}, Button({kind: 'small', busy: clear.busy, onClick: () => clear.run()}, 'Forget the requests')));
});

const RequestTable = part(function RequestTable({requests}) {
  const shown = requests.slice(-MOST).reverse();
  return table({class: 'cards', role: 'table'},
    caption({class: 'unseen'}, 'The last requests, newest first'),
    thead(tr({role: 'row'}, ['Request', 'Status', 'Key', 'Scope', 'What to do'].map((text) => th({scope: 'col', role: 'columnheader'}, text)))),
    tbody(shown.map((request, i) => tr({key: requests.length - i, role: 'row'},
      td({role: 'cell', class: 'main'}, span({class: 'id'}, `${request.method} ${request.path}`)),
      td({role: 'cell', class: 'short', 'data-label': 'Status'}, span({class: `badge ${request.status < 400 && request.status !== null ? 'good' : 'bad'}`}, request.status ?? 'none')),
      td({role: 'cell', class: 'short', 'data-label': 'Key'}, request.key_id ?? '—'),
      td({role: 'cell', 'data-label': 'Scope'}, request.scope ?? '—'),
      td({role: 'cell', 'data-label': 'What to do'}, request.advice ?? request.reason ?? '—')))));
});
