// What an Owner does with users: each a dialog.
import {useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button} from './action.js';
import {DeedDialog} from './dialog.js';
import {ChoiceField, TextField} from './field.js';
import {CopyButton} from './copy.js';
import {call, post} from './http.js';
import {ROLES} from './may.js';
import {errorOf} from './notice.js';
import {isolated} from './text.js';

const {p, div} = tags;

const userPath = (other) => `users/${encodeURIComponent(other.username)}`;

const ROLE_OPTIONS = ROLES.map((role) => [role, role]);
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const RANDOM_LENGTH = 24;

/** Letters and digits that people do not take for one another; each equally likely. */
function randomPassword() {
  let text = '';
  while (text.length < RANDOM_LENGTH) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    text += byte < ALPHABET.length * 4 ? ALPHABET[byte % ALPHABET.length] : '';
  }
  return text;
}

const PasswordField = part(function PasswordField({value, onChange, error}) {
  return div(
    TextField({label: 'Password', name: 'new-password', autocomplete: 'new-password', value, onChange, error, hint: 'At least 12 characters.'}),
    div({class: 'buttons start'},
      Button({kind: 'small', onClick: () => onChange(randomPassword())}, 'Make one up'),
      value === '' ? null : CopyButton({text: value, what: 'password'})));
});

export const AddUser = part(function AddUser({onClose, onDone}) {
  const [username, setUsername] = useState('');
  const [role, setRole] = useState('developer');
  const [password, setPassword] = useState('');
  const add = async () => {
    await post('users', {username, role, password});
    onDone(isolated(username), ' may sign in now.');
  };
  return DeedDialog({title: 'Add a user', deed: 'Add user', onDo: add, onClose}, (problem) => [
    TextField({label: 'User name', name: 'new-username', autocapitalize: 'none', value: username, onChange: setUsername, error: errorOf(problem, 'username')}),
    ChoiceField({label: 'Role', name: 'role', options: ROLE_OPTIONS, value: role, onChange: setRole, error: errorOf(problem, 'role')}),
    PasswordField({value: password, onChange: setPassword, error: errorOf(problem, 'password')}),
  ]);
});

export const ChangeRole = part(function ChangeRole({other, onClose, onDone}) {
  const [role, setRole] = useState(other.role);
  const change = async () => {
    await call('PATCH', userPath(other), {json: {role}});
    onDone(isolated(other.username), ` is ${role} now.`);
  };
  return DeedDialog({title: ['Role of ', isolated(other.username)], deed: 'Change role', onDo: change, onClose}, (problem) => [
    ChoiceField({label: 'Role', name: 'role', options: ROLE_OPTIONS, value: role, onChange: setRole, error: errorOf(problem, 'role')}),
    p({class: 'hint'}, 'It holds from the next thing they do.'),
  ]);
});

export const ChangePassword = part(function ChangePassword({other, onClose, onDone}) {
  const [password, setPassword] = useState('');
  const change = async () => {
    await call('PATCH', userPath(other), {json: {password}});
    onDone(isolated(other.username), ' has a new password.');
  };
  return DeedDialog({title: ['New password for ', isolated(other.username)], deed: 'Set password', onDo: change, onClose}, (problem) => [
    PasswordField({value: password, onChange: setPassword, error: errorOf(problem, 'password')}),
    p({class: 'hint'}, 'It ends the sessions of this user; your own goes on here if it is yours.'),
  ]);
});

export const RemoveUser = part(function RemoveUser({other, onClose, onDone}) {
  const remove = async () => {
    await call('DELETE', userPath(other));
    onDone(isolated(other.username), ' is removed.');
  };
  return DeedDialog({title: ['Remove ', isolated(other.username), '?'], deed: 'Remove user', danger: true, onDo: remove, onClose},
    p('They are signed out at once and cannot sign in again. The keys that they created stay.'));
});
