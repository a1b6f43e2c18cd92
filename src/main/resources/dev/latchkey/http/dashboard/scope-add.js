// Adding a scope to the catalogue, from wherever one is needed.
import {useRef, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useAction} from './action.js';
import {TextField, useErrorFocus} from './field.js';
import {post} from './http.js';
import {errorOf, ProblemNote, say} from './notice.js';

const {div, details, summary} = tags;

const FIELDS = ['name', 'description'];

/** Not a form of its own, since it may stand inside another one. Open from the start where it is to be the first scope. */
export const AddScope = part(function AddScope({onAdded, first}) {
  const own = useRef(null);
  const [open] = useState(first);
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const action = useAction(async () => {
    await post('scopes', {name: name.trim(), description: description.trim()});
    say(`Added the scope ${name.trim()}.`);
    onAdded(name.trim());
    setName('');
    setDescription('');
    own.current.querySelector('input').focus();
  });
  useErrorFocus(own, action.problem);
  const onKeyDown = (event) => {
    if (event.key === 'Enter' && event.target.tagName === 'INPUT') {
      event.preventDefault();
      action.run();
    }
  };
  return details({class: 'add', open},
    summary('Add a scope'),
    div({ref: own, class: 'inline-form', onKeyDown},
      TextField({label: 'Scope name', name: 'scope-name', maxLength: 200, value: name, onChange: setName, error: errorOf(action.problem, 'name')}),
      TextField({label: 'What it allows (optional)', name: 'scope-description', value: description, onChange: setDescription, error: errorOf(action.problem, 'description')}),
      Button({busy: action.busy, onClick: () => action.run()}, 'Add scope')),
    ProblemNote({problem: action.problem, shownFields: FIELDS}));
});
