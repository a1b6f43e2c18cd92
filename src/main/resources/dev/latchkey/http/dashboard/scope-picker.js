// Choosing the scopes of a key: all that are in the catalogue, or some.
import {useId, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {useLoad} from './action.js';
import {ChoiceField} from './field.js';
import {get} from './http.js';
import {may, ROLES} from './may.js';
import {ProblemNote} from './notice.js';
import {AddScope} from './scope-add.js';
import {isReserved, matching, RESERVED, ScopeFilter} from './scope-filter.js';
import {isolated} from './text.js';

const {fieldset, legend, div, label, input, p, span} = tags;

const MANAGEMENT = [['', 'No'], ...ROLES.map((role) => [`${RESERVED}${role}`, `Yes, as ${role}`])];

/** The scopes that there are. A form is drawn once this is settled. */
export const useCatalogue = () => useLoad(async (signal) => (await get('scopes', {signal})).body.data, '');

/** `value` is the list of scopes in their order; what is newly chosen goes to its end. */
export const ScopePicker = part(function ScopePicker({catalogue, value, onChange, error, user}) {
  const [all, setAll] = useState(false);
  const id = useId();
  const listed = catalogue.data ?? [];
  const reserved = value.filter(isReserved);
  const chooseAll = () => {
    setAll(true);
    onChange([...listed.map(({name}) => name), ...reserved]);
  };
  const toggle = (name) => onChange(value.includes(name) ? value.filter((other) => other !== name) : [...value, name]);
  const added = (name) => {
    catalogue.reload();
    onChange([...value, name]);
  };
  return fieldset({class: 'field', 'aria-describedby': error ? `${id}-error` : undefined},
    legend('Scopes'),
    p({class: 'hint'}, 'What tokens of this key may be used for.'),
    ProblemNote({problem: catalogue.problem, onRetry: catalogue.reload, busy: catalogue.loading}),
    listed.length > 1 ? Extent({id, all, count: listed.length, onAll: chooseAll, onSome: () => setAll(false)}) : null,
    all ? null : ScopeList({listed, value, toggle, wrong: Boolean(error)}),
    catalogue.data !== null && listed.length === 0 ? NoScopes({user}) : null,
    error ? p({class: 'error', id: `${id}-error`}, error) : null,
    may(user, 'manageScopes') && catalogue.data !== null ? AddScope({onAdded: added, first: listed.length === 0}) : null);
});

const Extent = part(function Extent({id, all, count, onAll, onSome}) {
  const choice = (checked, text, onChange) =>
    label({class: 'choice'}, input({type: 'radio', name: `${id}-extent`, checked, onChange}), span(text));
  return div({class: 'choices'},
    choice(all, `All ${count} in the catalogue`, onAll),
    choice(!all, 'Only some', onSome));
});

const ScopeList = part(function ScopeList({listed, value, toggle, wrong}) {
  const [text, setText] = useState('');
  const gone = value.filter((name) => !isReserved(name) && !listed.some((scope) => scope.name === name));
  const shown = matching([...listed, ...gone.map((name) => ({name, description: ''}))], text);
  return div(
    ScopeFilter({count: listed.length, text, onChange: setText}),
    div({class: 'scopes'}, shown.map(({name, description}, index) =>
      label({class: 'choice', key: name},
        input({type: 'checkbox', name: 'scope', value: name, checked: value.includes(name), 'aria-invalid': wrong && index === 0 ? 'true' : undefined, onChange: () => toggle(name)}),
        span(span({class: 'scope-name'}, name), description === '' ? null : span({class: 'hint'}, isolated(description)))))),
    shown.length === 0 && text.trim() !== '' ? p({class: 'muted'}, 'No scope matches.') : null);
});

const NoScopes = part(function NoScopes({user}) {
  return p({class: 'note'}, may(user, 'manageScopes')
    ? 'There are no scopes yet. Add the first one here: the name of something that your services check for, such as “orders:read”.'
    : 'There are no scopes yet, and a key needs at least one. Ask an Owner to add some.');
});

/** The reserved scope of a key, among its others in `value`. */
export const ManagementScope = part(function ManagementScope({value, onChange}) {
  return ChoiceField({
    label: 'May it call Latchkey’s own management API?',
    name: 'management',
    options: MANAGEMENT,
    value: value.find(isReserved) ?? '',
    onChange: (name) => onChange([...value.filter((other) => !isReserved(other)), ...(name === '' ? [] : [name])]),
  });
});
