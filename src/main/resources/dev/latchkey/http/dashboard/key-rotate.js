// Giving a key a new secret.
import {useState} from './hooks.js';
import {part, tags} from './tags.js';
import {DeedDialog} from './dialog.js';
import {ChoiceField} from './field.js';
import {post} from './http.js';
import {errorOf} from './notice.js';
import {isolated} from './text.js';

const {p} = tags;

const GRACES = [['24h', '24 hours more'], ['1h', 'an hour more'], ['7d', '7 days more'], ['30d', '30 days more'], ['0', 'no longer: it ends now']];

export const RotateKey = part(function RotateKey({accessKey, onClose, onRotated}) {
  const [grace, setGrace] = useState('24h');
  const rotate = async () => {
    const {body} = await post(`keys/${encodeURIComponent(accessKey.id)}/rotate`, {grace});
    onRotated(body);
  };
  if (accessKey.secrets.length === 0) {
    return DeedDialog({title: ['Give “', isolated(accessKey.name), '” a secret?'], deed: 'Make a secret', onDo: rotate, onClose},
      p('The secret is shown once. What the key is proved by now goes on working.'));
  }
  return DeedDialog({title: ['Rotate “', isolated(accessKey.name), '”?'], deed: 'Make a new secret', onDo: rotate, onClose},
    (problem) => [
      p('The key gets a new secret, shown once. The page then tells whether the old one is still in use.'),
      accessKey.secrets.length > 1 ? p({class: 'note warn'}, 'Two secrets work now. The older one ends at once, whatever you choose below.') : null,
      ChoiceField({label: 'The secret in use now goes on working', name: 'grace', options: GRACES, value: grace, onChange: setGrace, error: errorOf(problem, 'grace')}),
    ]);
});
