// The fields of an access key, for a new one and for one that is edited.
import {useEffect, useId, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {now} from './clock.js';
import {AreaField, ChoiceField, TextField} from './field.js';
import {may} from './may.js';
import {errorOf} from './notice.js';
import {isReserved} from './scope-filter.js';
import {ManagementScope, ScopePicker} from './scope-picker.js';
import {fromLocalField, isPast, toLocalField} from './time.js';

const {div, details, summary, input, label, select, option, p, span} = tags;

const DAY_MS = 86400 * 1000;
const EXPIRIES = [['never', 'Never'], ['30', 'In 30 days'], ['90', 'In 90 days'], ['365', 'In a year'], ['at', 'At a time of your choice']];
const UNITS = [['1', 'seconds'], ['60', 'minutes'], ['3600', 'hours']];
const MORE = ['token_lifetime', 'audience', 'claims', 'jwks', 'federated', 'secret'];

/** The fields of a new key that say themselves what is wrong with them. */
export const NEW_FIELDS = ['name', 'description', 'scopes', 'expires_at', ...MORE];

/** Those of a key that is there, which is not asked about its secrets. */
export const FIELDS = NEW_FIELDS.filter((name) => name !== 'secret');

/** `onChange` gets the part of the draft that changes. */
export const KeyFields = part(function KeyFields({draft, onChange, problem, user, catalogue}) {
  const text = (name) => ({value: draft[name], onChange: (value) => onChange({[name]: value}), error: errorOf(problem, name)});
  return div({class: 'fields'},
    TextField({label: 'Name', name: 'name', maxLength: 200, hint: 'What or who uses it, such as “billing service, production”.', ...text('name')}),
    AreaField({label: 'Description (optional)', name: 'description', rows: 2, maxLength: 1000, ...text('description')}),
    ScopePicker({catalogue, value: draft.scopes, onChange: (scopes) => onChange({scopes}), error: errorOf(problem, 'scopes'), user}),
    Expiry({value: draft.expires_at, onChange: (expires) => onChange({expires_at: expires}), error: errorOf(problem, 'expires_at')}),
    More({draft, onChange, problem, text, user}));
});

const Expiry = part(function Expiry({value, onChange, error}) {
  const [mode, setMode] = useState(value === null ? 'never' : 'at');
  const choose = (next) => {
    setMode(next);
    const days = next === 'at' ? 30 : Number(next);
    onChange(next === 'never' ? null : fromLocalField(new Date(now() + days * DAY_MS).toISOString()));
  };
  return div({class: 'row'},
    ChoiceField({label: 'Expires', name: 'expires', options: EXPIRIES, value: mode, onChange: choose, error: mode === 'at' ? null : error}),
    mode === 'at'
      ? TextField({
        label: 'Time (your time zone)',
        name: 'expires-at',
        type: 'datetime-local',
        step: 1,
        value: value === '' || value === null ? '' : toLocalField(value),
        hint: value !== '' && value !== null && isPast(value) ? 'This time has passed; the key gets no tokens.' : undefined,
        onChange: (local) => onChange(local === '' ? '' : fromLocalField(local)),
        error,
      })
      : null);
});

const More = part(function More({draft, onChange, problem, text, user}) {
  const [open, setOpen] = useState([draft.lifetime, draft.audience, draft.claims, draft.jwks, draft.federated].some((value) => value !== '') || draft.scopes.some(isReserved));
  const wrong = MORE.some((name) => errorOf(problem, name));
  useEffect(() => {
    setOpen((before) => before || wrong);
  }, [wrong]);
  return details({class: 'more', open, onToggle: (event) => setOpen(event.currentTarget.open)},
    summary('More settings'),
    div({class: 'fields'},
      Lifetime({draft, onChange, error: errorOf(problem, 'token_lifetime')}),
      AreaField({
        label: 'Audiences (optional)', name: 'audience', rows: 2, ...text('audience'),
        hint: 'The services that its tokens are for, one a line; none means the service’s default.',
      }),
      AreaField({
        label: 'Claims (optional)', name: 'claims', class: 'code', rows: 4, placeholder: '{"tenant": "acme"}', ...text('claims'),
        hint: 'A JSON object that each of its tokens carries as well.',
      }),
      AreaField({
        label: 'Public keys (optional)', name: 'jwks', class: 'code', rows: 4, placeholder: '{"keys": [ … ]}', ...text('jwks'),
        hint: 'A JWK Set, for clients that sign in with a private key instead of the secret (private_key_jwt).',
      }),
      may(user, 'manageIssuers') ? AreaField({
        label: 'Trusted workloads (optional)', name: 'federated', class: 'code', rows: 4, placeholder: '[{"issuer": "github", "subject": "repo:acme/app:…"}]', ...text('federated'),
        hint: 'Whose tokens stand for the secret: a trusted issuer’s name, the subject, and claims where needed; exact texts.',
      }) : null,
      draft.withoutSecret === undefined ? null : WithoutSecret({draft, onChange, error: errorOf(problem, 'secret')}),
      may(user, 'giveReservedScopes') ? ManagementScope({value: draft.scopes, onChange: (scopes) => onChange({scopes})}) : null));
});

const WithoutSecret = part(function WithoutSecret({draft, onChange, error}) {
  const id = useId();
  return div({class: 'field'},
    label({class: 'choice'},
      input({
        type: 'checkbox', name: 'without-secret', checked: draft.withoutSecret,
        'aria-invalid': error ? 'true' : undefined, 'aria-describedby': `${id}-hint${error ? ` ${id}-error` : ''}`,
        onChange: (event) => onChange({withoutSecret: event.target.checked}),
      }),
      span('Make it without a secret')),
    error ? p({class: 'error', id: `${id}-error`}, error) : null,
    p({class: 'hint', id: `${id}-hint`}, 'For clients that prove themselves by a private key or as trusted workloads alone.'));
});

const Lifetime = part(function Lifetime({draft, onChange, error}) {
  const id = useId();
  return div({class: 'field'},
    label({for: id}, 'Token lifetime (optional)'),
    div({class: 'joined'},
      input({
        id, name: 'lifetime', inputMode: 'numeric', autocomplete: 'off', value: draft.lifetime, placeholder: 'default',
        'aria-invalid': error ? 'true' : undefined, 'aria-describedby': `${id}-hint${error ? ` ${id}-error` : ''}`,
        onInput: (event) => onChange({lifetime: event.target.value}),
      }),
      select({'aria-label': 'Unit of the token lifetime', value: draft.lifetimeUnit, onChange: (event) => onChange({lifetimeUnit: event.target.value})},
        UNITS.map(([value, text]) => option({value, selected: value === draft.lifetimeUnit}, text)))),
    error ? p({class: 'error', id: `${id}-error`}, error) : null,
    p({class: 'hint', id: `${id}-hint`}, 'How long each token works: one minute to 24 hours; empty means the service’s default.'));
});
