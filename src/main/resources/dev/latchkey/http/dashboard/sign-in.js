// Signing in: as a page, and as a dialog over whatever was being done when the session ended.
import {useEffect, useRef, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useAction, useLoad} from './action.js';
import {Dialog} from './dialog.js';
import {TextField, useErrorFocus} from './field.js';
import {Problem} from './http.js';
import {errorOf, ProblemNote} from './notice.js';
import {Brand} from './brand.js';
import {obstacle} from './no-session.js';
import {giveUpRenewal, signIn} from './session.js';

const {main, h1, form, div, p} = tags;

const FIELDS = ['username', 'password'];

const SignInForm = part(function SignInForm({username: given = '', onCancel}) {
  const [username, setUsername] = useState(given);
  const [password, setPassword] = useState('');
  const own = useRef(null);
  const action = useAction(() => {
    const empty = FIELDS.filter((field) => ({username, password})[field] === '');
    if (empty.length > 0) {
      throw new Problem(422, 'Please correct what is marked.', empty.map((field) => ({field, message: 'must not be empty'})));
    }
    return signIn(username, password);
  });
  useErrorFocus(own, action.problem);
  const submit = (event) => {
    event.preventDefault();
    action.run();
  };
  useEffect(() => {
    own.current.querySelector(given === '' ? '[name=username]' : '[name=password]').focus();
  }, []);
  return form({ref: own, onSubmit: submit, noValidate: true},
    TextField({label: 'User name', name: 'username', autocomplete: 'username', autocapitalize: 'none', value: username, onChange: setUsername, error: errorOf(action.problem, 'username')}),
    TextField({label: 'Password', name: 'password', type: 'password', autocomplete: 'current-password', value: password, onChange: setPassword, error: errorOf(action.problem, 'password')}),
    ProblemNote({problem: action.problem, shownFields: FIELDS}),
    div({class: 'buttons'},
      onCancel ? Button({onClick: onCancel}, 'Cancel') : null,
      Button({type: 'submit', kind: 'primary', busy: action.busy}, 'Sign in')));
});

export const SignInPage = part(function SignInPage() {
  useEffect(() => {
    document.title = 'Sign in · Latchkey';
  }, []);
  const {data} = useLoad(obstacle, '');
  return main({class: 'sign-in'},
    div({class: 'card'},
      Brand(),
      h1('Sign in'),
      ProblemNote({problem: data, kind: 'warn'}),
      SignInForm(),
      p({class: 'hint'}, 'The first Owner is “owner”; the password was printed when the service was first started.')));
});

export const SignInAgain = part(function SignInAgain({username}) {
  return Dialog({title: 'Sign in again', onClose: giveUpRenewal},
    p('Your session is over. What you typed is still here; sign in, and what you were doing goes on.'),
    SignInForm({username, onCancel: giveUpRenewal}));
});
