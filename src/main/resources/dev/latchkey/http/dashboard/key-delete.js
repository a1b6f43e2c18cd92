// Removing a key for good.
import {useState} from './hooks.js';
import {part, tags} from './tags.js';
import {DeedDialog} from './dialog.js';
import {TextField} from './field.js';
import {call} from './http.js';
import {isolated, plain} from './text.js';

const {p, strong} = tags;

export const DeleteKey = part(function DeleteKey({accessKey, onClose, onDeleted}) {
  const [typed, setTyped] = useState('');
  const {id, name} = accessKey;
  const remove = async () => {
    await call('DELETE', `keys/${encodeURIComponent(id)}`);
    onDeleted();
  };
  // Nobody can type what cannot be seen.
  const wanted = plain(name) === name ? name : id;
  return DeedDialog({title: ['Delete “', isolated(name), '”?'], deed: 'Delete for good', danger: true, ready: typed === wanted, onDo: remove, onClose},
    p('Its secrets stop working at once, and its tokens are no longer active. This cannot be undone; to stop it for a while, disable it instead.'),
    p('Type ', strong({class: 'exact'}, isolated(wanted)), ' to confirm.'),
    TextField({label: wanted === name ? 'The key’s name' : 'The key’s id', name: 'confirm', value: typed, onChange: setTyped}));
});
