// Removing a key for good.
import {useState} from './hooks.js';
import {part, tags} from './tags.js';
import {DeedDialog} from './dialog.js';
import {TextField} from './field.js';
import {call} from './http.js';

const {p, strong} = tags;

export const DeleteKey = part(function DeleteKey({accessKey, onClose, onDeleted}) {
  const [typed, setTyped] = useState('');
  const {id, name} = accessKey;
  const remove = async () => {
    await call('DELETE', `keys/${encodeURIComponent(id)}`);
    onDeleted();
  };
  return DeedDialog({title: `Delete “${name}”?`, deed: 'Delete for good', danger: true, ready: typed === name, onDo: remove, onClose},
    p('Its secrets stop working at once, and its tokens are no longer active. This cannot be undone; to stop it for a while, disable it instead.'),
    p('Type ', strong({class: 'exact'}, name), ' to confirm.'),
    TextField({label: 'The key’s name', name: 'confirm', value: typed, onChange: setTyped}));
});
