// Somebody else saved the same key meanwhile: both versions, and a choice for each field that differs.
import {useId, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {DeedDialog} from './dialog.js';
import {same, SETTINGS} from './key-draft.js';
import {isolated, jsonText} from './text.js';
import {duration, exactly} from './time.js';

const {p, fieldset, legend, div, label, input, span, pre} = tags;

const NAMES = {
  name: 'Name', description: 'Description', scopes: 'Scopes', token_lifetime: 'Token lifetime', audience: 'Audiences',
  jwks: 'Public keys', claims: 'Claims', federated: 'Trusted workloads', expires_at: 'Expires',
};

const NOTHING = {expires_at: 'never', token_lifetime: 'the service’s default', audience: 'the service’s default'};

const shown = (field, value) => {
  if (value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)) {
    return span({class: 'muted'}, NOTHING[field] ?? 'none');
  }
  if (field === 'expires_at') {
    return exactly(value);
  }
  if (field === 'token_lifetime') {
    return duration(value);
  }
  if (Array.isArray(value)) {
    return value.join(' ');
  }
  return typeof value === 'object' ? pre(jsonText(value)) : isolated(value);
};

/** `onChosen` gets the fields to take from the person's own version; the form then shows the mixture, to be saved. */
export const Conflict = part(function Conflict({base, mine, theirs, onChosen, onClose}) {
  const differing = SETTINGS.filter((field) => !same(mine[field], theirs[field]));
  const [choice, setChoice] = useState(() =>
    Object.fromEntries(differing.map((field) => [field, same(mine[field], base[field]) ? 'theirs' : 'mine'])));
  const choose = async () =>
    onChosen(Object.fromEntries(differing.filter((field) => choice[field] === 'mine').map((field) => [field, mine[field]])));
  return DeedDialog({title: 'Somebody else changed this key', deed: 'Use what I chose', wide: true, onDo: choose, onClose},
    p('It was saved while you were editing. Choose for each difference; the form then shows the result, and nothing is saved before you say so.'),
    differing.length === 0 ? p({class: 'note'}, 'Their version and yours are the same.') : null,
    differing.map((field) => Difference({
      key: field, field, mine: mine[field], theirs: theirs[field], value: choice[field],
      onChange: (value) => setChoice((now) => ({...now, [field]: value})),
    })));
});

const Difference = part(function Difference({field, mine, theirs, value, onChange}) {
  const id = useId();
  const version = (which, title, content) => label({class: 'choice version'},
    input({type: 'radio', name: id, value: which, checked: value === which, onChange: () => onChange(which)}),
    div(span({class: 'hint'}, title), div({class: 'version-value'}, content)));
  return fieldset({class: 'field'},
    legend(NAMES[field]),
    div({class: 'versions'},
      version('mine', 'Yours', shown(field, mine)),
      version('theirs', 'Saved meanwhile', shown(field, theirs))));
});
