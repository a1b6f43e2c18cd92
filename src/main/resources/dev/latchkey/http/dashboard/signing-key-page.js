// The keys that sign tokens. An older service does not offer them here.
import {useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useLoad} from './action.js';
import {DeedDialog} from './dialog.js';
import {ChoiceField} from './field.js';
import {get, post} from './http.js';
import {ProblemNote, say} from './notice.js';
import {when} from './time.js';

const {div, h1, p, table, thead, tbody, tr, th, td, caption, span} = tags;

const STATES = {
  next: ['published, signs next', ''],
  active: ['signs tokens now', 'good'],
  retired: ['verifies old tokens only', 'off'],
};

const WAYS = [
  ['', 'when the next key is known everywhere'],
  ['now', 'now, though some services may not know it yet'],
  ['compromised', 'now, and drop the old one: its private part has leaked'],
];

export const SigningKeyPage = part(function SigningKeyPage() {
  const {data, problem, loading, reload} = useLoad(async (signal) => (await get('signing-keys', {signal})).body.data, '');
  const [rotating, setRotating] = useState(false);
  const missing = problem?.status === 404;
  return div(
    div({class: 'head'}, h1('Signing keys'), data === null ? null : Button({kind: 'primary', onClick: () => setRotating(true)}, 'Rotate')),
    p({class: 'lead'}, 'The keys behind the signatures of tokens. Only their public parts are published, in the JWK Set.'),
    missing ? div({class: 'empty'}, p('This service does not offer its signing keys here; use “latchkey signing-keys”.')) : ProblemNote({problem, onRetry: reload, busy: loading}),
    data === null && loading ? p({class: 'muted'}, 'Loading…') : null,
    data === null ? null : KeyTable({keys: data}),
    rotating ? Rotate({onClose: () => setRotating(false), onDone: () => {
      say('The next key signs now.');
      setRotating(false);
      reload();
    }}) : null);
});

const KeyTable = part(function KeyTable({keys}) {
  return table({class: 'cards', role: 'table'},
    caption({class: 'unseen'}, 'Signing keys'),
    thead(tr({role: 'row'}, ['Key id', 'State', 'Algorithm', 'Created', 'Published until'].map((text) => th({scope: 'col', role: 'columnheader'}, text)))),
    tbody(keys.map((key) => tr({key: key.kid, role: 'row'},
      td({role: 'cell', class: 'main'}, span({class: 'id'}, key.kid)),
      td({role: 'cell', 'data-label': 'State'}, State({state: key.state})),
      td({role: 'cell', class: 'short', 'data-label': 'Algorithm'}, key.algorithm === 'RS256' ? `${key.algorithm}, ${key.bits} bits` : key.algorithm),
      td({role: 'cell', class: 'short', 'data-label': 'Created'}, when(key.created_at, '—')),
      td({role: 'cell', class: 'short', 'data-label': 'Published until'}, when(key.published_until, '—'))))));
});

const State = part(function State({state}) {
  const [text, kind] = STATES[state] ?? ['', ''];
  return span(span({class: `badge ${kind}`}, state), ' ', span({class: 'muted'}, text));
});

const Rotate = part(function Rotate({onClose, onDone}) {
  const [way, setWay] = useState('');
  const rotate = async () => {
    await post('signing-keys/rotate', way === '' ? {} : {[way]: true});
    onDone();
  };
  return DeedDialog({title: 'Rotate the signing key?', deed: 'Rotate', danger: way !== '', onDo: rotate, onClose},
    p('The next key becomes the one that signs, the old one goes on verifying until its last token has expired, and a new next key is made.'),
    ChoiceField({label: 'It signs', name: 'way', options: WAYS, value: way, onChange: setWay}),
    way === 'compromised' ? p({class: 'note bad'}, 'Every token signed by the old key stops verifying at once.') : null);
});
