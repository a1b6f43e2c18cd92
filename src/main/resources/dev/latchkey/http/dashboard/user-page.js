// The people who may sign in.
import {useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useLoad} from './action.js';
import {get} from './http.js';
import {may} from './may.js';
import {ProblemNote, say} from './notice.js';
import {isolated, plain} from './text.js';
import {when} from './time.js';
import {AddUser, ChangePassword, ChangeRole, RemoveUser} from './user-deeds.js';

const {div, h1, p, table, thead, tbody, tr, th, td, caption, span} = tags;

export const UserPage = part(function UserPage({user}) {
  const {data, problem, loading, reload} = useLoad(async (signal) => (await get('users', {signal})).body.data, '');
  const [deed, setDeed] = useState(null);
  const changes = may(user, 'manageUsers');
  const close = () => setDeed(null);
  const done = (...text) => {
    say(...text);
    setDeed(null);
    reload();
  };
  return div(
    div({class: 'head'}, h1('Users'), changes ? Button({kind: 'primary', onClick: () => setDeed({dialog: AddUser})}, 'Add a user') : null),
    p({class: 'lead'}, 'Who may sign in here. Developers create keys, Admins also read users and the audit log, Owners do everything.'),
    ProblemNote({problem, onRetry: reload, busy: loading}),
    data === null ? (loading ? p({class: 'muted'}, 'Loading…') : null)
      : UserTable({users: data, user, onDeed: changes ? (dialog, other) => setDeed({dialog, other}) : null}),
    deed === null ? null : deed.dialog({other: deed.other, onClose: close, onDone: done}));
});

const UserTable = part(function UserTable({users, user, onDeed}) {
  return table({class: 'cards', role: 'table'},
    caption({class: 'unseen'}, 'Users by name'),
    thead(tr({role: 'row'}, ['User', 'Role', 'Added'].map((text) => th({scope: 'col', role: 'columnheader'}, text)),
      onDeed ? th({scope: 'col', role: 'columnheader'}, span({class: 'unseen'}, 'What to do')) : null)),
    tbody(users.map((other) => tr({key: other.username, role: 'row'},
      td({role: 'cell', class: 'main'}, span({class: 'strong'}, isolated(other.username)), other.username === user.username ? span({class: 'muted'}, ' (you)') : null),
      td({role: 'cell', class: 'short', 'data-label': 'Role'}, span({class: 'badge'}, other.role)),
      td({role: 'cell', class: 'short', 'data-label': 'Added'}, when(other.created_at)),
      onDeed ? td({role: 'cell', class: 'end'}, Deeds({other, onDeed})) : null))));
});

const Deeds = part(function Deeds({other, onDeed}) {
  const deed = (text, what, dialog) => Button({kind: 'small', 'aria-label': `${what} ${plain(other.username)}`, onClick: () => onDeed(dialog, other)}, text);
  return span({class: 'deeds'},
    deed('Role', 'Change the role of', ChangeRole),
    deed('Password', 'Set a password for', ChangePassword),
    deed('Remove', 'Remove', RemoveUser));
});
