// The faults that a stand-in has yet to show.
import {useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useAction, useLoad} from './action.js';
import {ChoiceField, TextField} from './field.js';
import {callLab} from './http.js';
import {ProblemNote, say} from './notice.js';

const {section, h2, p, ul, li, div, form, span} = tags;

const KINDS = ['token', 'jwks', 'metadata', 'introspection', 'revocation', 'verify', 'any'].map((kind) => [kind, kind]);

const DEEDS = [
  ['503', 'answers 503', {status: 503, retry_after: 1}],
  ['500', 'answers 500', {status: 500}],
  ['401', 'answers 401', {status: 401}],
  ['429', 'answers 429', {status: 429, retry_after: 1}],
  ['slow', 'answers after 3 seconds', {delay: '3s'}],
  ['html', 'answers a web page', {status: 502, body: '<html>Bad gateway</html>', content_type: 'text/html'}],
  ['reset', 'resets the connection', {connection: 'reset'}],
  ['hang', 'does not answer', {connection: 'hang'}],
  ['truncate', 'breaks off in the answer', {connection: 'truncate'}],
  ['empty', 'closes without a byte', {connection: 'empty'}],
];

const deedOf = (wanted) => DEEDS.find(([key]) => key === wanted)[2];

const inWords = ({on, times, after, status, delay, connection, key_id: key}) => [
  `on ${on}`,
  times === 'always' ? 'always' : `${times} ${times === 1 ? 'time' : 'times'}`,
  after > 0 ? `after ${after}` : null,
  delay ? `delay ${delay}` : null,
  status ? `status ${status}` : null,
  connection ? `connection ${connection}` : null,
  key ? `key ${key}` : null,
].filter(Boolean).join(', ');

export const LabFaults = part(function LabFaults() {
  const {data, problem, loading, reload} = useLoad(async (signal) => (await callLab('GET', 'faults', {signal})).data, '');
  const [draft, setDraft] = useState({on: 'token', deed: '503', times: '1'});
  const change = useAction(async (method, json) => {
    await callLab(method, 'faults', {json});
    say(method === 'DELETE' ? 'There are no faults any more.' : 'The next matching request will fail so.');
    reload();
  });
  const set = (name) => (value) => setDraft((before) => ({...before, [name]: value}));
  const submit = (event) => {
    event.preventDefault();
    const times = draft.times === 'always' ? 'always' : Number(draft.times);
    change.run('POST', {on: draft.on, times, ...deedOf(draft.deed)});
  };
  return section({class: 'card', 'aria-labelledby': 'lab-faults'},
    h2({id: 'lab-faults'}, 'Faults'),
    ProblemNote({problem, onRetry: reload, busy: loading}),
    ProblemNote({problem: change.problem}),
    form({class: 'inline-form', onSubmit: submit},
      ChoiceField({label: 'Endpoint', options: KINDS, value: draft.on, onChange: set('on')}),
      ChoiceField({label: 'What it does', options: DEEDS.map(([key, text]) => [key, text]), value: draft.deed, onChange: set('deed')}),
      TextField({label: 'How many times', value: draft.times, onChange: set('times'), hint: 'A number, or always'}),
      Button({type: 'submit', kind: 'primary', busy: change.busy}, 'Queue the fault')),
    data === null ? null : data.length === 0 ? p({class: 'muted'}, 'No fault is left.')
      : div(ul(data.map((fault, i) => li({key: i}, span(inWords(fault))))),
        Button({kind: 'small', busy: change.busy, onClick: () => change.run('DELETE')}, 'Clear the faults')));
});
