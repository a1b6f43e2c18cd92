// The clock of a stand-in.
import {useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useAction, useLoad} from './action.js';
import {TextField} from './field.js';
import {callLab} from './http.js';
import {ProblemNote, say} from './notice.js';

const {section, h2, p, div, form, span} = tags;

const STEPS = [['1m', '1 minute'], ['10m', '10 minutes'], ['61m', '61 minutes'], ['25h', '25 hours']];

export const LabClock = part(function LabClock() {
  const {data, problem, loading, reload} = useLoad((signal) => callLab('GET', 'clock', {signal}), '');
  const [advance, setAdvance] = useState('');
  const change = useAction(async (method, json) => {
    const shown = await callLab(method, 'clock', {json});
    say(`The clock shows ${shown.now}.`);
    reload();
  });
  const submit = (event) => {
    event.preventDefault();
    change.run('PUT', {advance});
  };
  return section({class: 'card', 'aria-labelledby': 'lab-clock'},
    h2({id: 'lab-clock'}, 'Clock'),
    ProblemNote({problem, onRetry: reload, busy: loading}),
    ProblemNote({problem: change.problem}),
    data === null ? null : p(span({class: 'id strong'}, data.now), ' ',
      span({class: `badge ${data.frozen ? 'warn' : 'good'}`}, data.frozen ? 'frozen' : 'runs'), ' ',
      span({class: 'muted'}, `skew in tokens: ${data.skew}`)),
    div({class: 'buttons start'},
      STEPS.map(([step, text]) => Button({kind: 'small', key: step, busy: change.busy, 'aria-label': `Advance by ${text}`, onClick: () => change.run('PUT', {advance: step})}, `+ ${text}`)),
      Button({kind: 'small', busy: change.busy, onClick: () => change.run('PUT', {freeze: data?.frozen !== true})}, data?.frozen === true ? 'Let it run' : 'Freeze'),
      Button({kind: 'small', busy: change.busy, onClick: () => change.run('DELETE')}, 'Real time')),
    form({class: 'inline-form', onSubmit: submit},
      TextField({label: 'Advance by', value: advance, onChange: setAdvance, placeholder: '90s, 61m, 30d'}),
      Button({type: 'submit', busy: change.busy, off: advance === ''}, 'Advance')));
});
