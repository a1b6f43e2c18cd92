// Signing in: as a page, and as a dialog over whatever was being done when the session ended.
import {useEffect, useRef, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useAction} from './action.js';
import {Dialog} from './dialog.js';
import {TextField} from './field.js';
import {ProblemNote} from './notice.js';
import {Brand} from './brand.js';
import {giveUpRenewal, signIn} from './session.js';

const {main, h1, form, div, p} = tags;

const SignInForm = part(function SignInForm({username: given = '', onCancel}) {
  const [username, setUsername] = useState(given);
  const [password, setPassword] = useState('');
  const own = useRef(null);
  const action = useAction(() => signIn(username, password));
  const submit = (event) => {
    event.preventDefault();
    action.run();
  };
  useEffect(() => {
    own.current.querySelector(given === '' ? '[name=username]' : '[name=password]').focus();
  }, []);
  return form({ref: own, onSubmit: submit, noValidate: true},
    TextField({label: 'User name', name: 'username', autocomplete: 'username', autocapitalize: 'none', value: username, onChange: setUsername}),
    TextField({label: 'Password', name: 'password', type: 'password', autocomplete: 'current-password', value: password, onChange: setPassword}),
    ProblemNote({problem: action.problem}),
    div({class: 'buttons'},
      onCancel ? Button({onClick: onCancel}, 'Cancel') : null,
      Button({type: 'submit', kind: 'primary', busy: action.busy}, 'Sign in')));
});

export const SignInPage = part(function SignInPage() {
  useEffect(() => {
    document.title = 'Sign in · Latchkey';
  }, []);
  return main({class: 'sign-in'},
    div({class: 'card'},
      Brand(),
      h1('Sign in'),
      SignInForm(),
      p({class: 'hint'}, 'The first Owner is “owner”; the password was printed when the service was first started.')));
});

export const SignInAgain = part(function SignInAgain({username}) {
  return Dialog({title: 'Sign in again', onClose: giveUpRenewal},
    p('Your session is over. What you typed is still here; sign in, and what you were doing goes on.'),
    SignInForm({username, onCancel: giveUpRenewal}));
});
