// What everyone may do for themselves: another password, and an end to their sessions in other browsers.
import {useRef, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useAction, useLoad} from './action.js';
import {TextField, useErrorFocus} from './field.js';
import {call, get, Problem} from './http.js';
import {errorOf, ProblemNote, say} from './notice.js';
import {isolated} from './text.js';
import {when} from './time.js';

const {div, h1, h2, p, form, input, section, table, thead, tbody, tr, th, td, caption, span} = tags;

const FIELDS = ['current', 'password', 'again'];
const EMPTY = {current: '', password: '', again: ''};

export const AccountPage = part(function AccountPage({user}) {
  const {data, problem, loading, reload} = useLoad(async (signal) => (await get('session/others', {signal})).body.data, '');
  return div(
    h1('Your account'),
    p({class: 'lead'}, 'You are ', span({class: 'strong'}, isolated(user.username)), ', in the role ', span({class: 'badge'}, user.role), '.'),
    NewPassword({user, onChanged: reload}),
    section({class: 'card', 'aria-label': 'Your other sessions'},
      h2('Where else you are signed in'),
      ProblemNote({problem, onRetry: reload, busy: loading}),
      data === null ? (loading ? p({class: 'muted'}, 'Loading…') : null) : Others({sessions: data, onEnded: reload})));
});

const NewPassword = part(function NewPassword({user, onChanged}) {
  const own = useRef(null);
  const [typed, setTyped] = useState(EMPTY);
  const change = useAction(async () => {
    const {current, password, again} = typed;
    const errors = FIELDS.filter((field) => typed[field] === '').map((field) => ({field, message: 'must not be empty'}));
    if (errors.length === 0 && password !== again) {
      errors.push({field: 'again', message: 'is not the same'});
    }
    if (errors.length > 0) {
      throw new Problem(422, 'Please correct what is marked.', errors);
    }
    await call('PUT', 'session/password', {json: {current, password}});
    setTyped(EMPTY);
    say('Your password is changed. Your other sessions have ended.');
    onChanged();
  });
  useErrorFocus(own, change.problem);
  const submit = (event) => {
    event.preventDefault();
    change.run();
  };
  const field = (label, name, autocomplete, hint) => TextField({
    label, name, type: 'password', autocomplete, hint, value: typed[name], error: errorOf(change.problem, name),
    onChange: (value) => setTyped((now) => ({...now, [name]: value})),
  });
  return form({ref: own, class: 'card', 'aria-label': 'Your password', onSubmit: submit, noValidate: true},
    h2('Change your password'),
    input({hidden: true, name: 'username', autocomplete: 'username', value: user.username, readOnly: true}),
    div({class: 'fields'},
      field('Current password', 'current', 'current-password'),
      field('New password', 'password', 'new-password', 'At least 12 characters.'),
      field('New password again', 'again', 'new-password')),
    ProblemNote({problem: change.problem, shownFields: FIELDS}),
    p({class: 'hint'}, 'It ends your sessions in other browsers; this one goes on.'),
    div({class: 'buttons'}, Button({type: 'submit', kind: 'primary', busy: change.busy}, 'Change password')));
});

const Others = part(function Others({sessions, onEnded}) {
  const end = useAction(async () => {
    await call('DELETE', 'session/others');
    say('Your other sessions have ended.');
    onEnded();
  });
  if (sessions.length === 0) {
    return p({class: 'muted'}, 'Nowhere: this is your only session.');
  }
  return div(
    table({class: 'cards', role: 'table'},
      caption({class: 'unseen'}, 'Your other sessions, the last used first'),
      thead(tr({role: 'row'}, ['From', 'Signed in', 'Last used'].map((text) => th({scope: 'col', role: 'columnheader'}, text)))),
      tbody(sessions.map((session, index) => tr({key: index, role: 'row'},
        td({role: 'cell', class: 'main'}, session.address === null ? span({class: 'muted'}, 'unknown') : span({class: 'id'}, session.address)),
        td({role: 'cell', 'data-label': 'Signed in'}, when(session.created_at)),
        td({role: 'cell', 'data-label': 'Last used'}, when(session.last_used_at)))))),
    ProblemNote({problem: end.problem}),
    div({class: 'buttons'}, Button({kind: 'danger', busy: end.busy, onClick: () => end.run()}, 'End all of them')));
});
