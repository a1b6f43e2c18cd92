// The catalogue of scopes.
import {useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useLoad} from './action.js';
import {DeedDialog} from './dialog.js';
import {call, get} from './http.js';
import {may} from './may.js';
import {ProblemNote, say} from './notice.js';
import {AddScope} from './scope-add.js';
import {matching, ScopeFilter} from './scope-filter.js';
import {isolated} from './text.js';
import {when} from './time.js';

const {div, h1, p, a, table, thead, tbody, tr, th, td, caption, span} = tags;

export const ScopePage = part(function ScopePage({user}) {
  const {data, problem, loading, reload} = useLoad(async (signal) => (await get('scopes', {signal})).body.data, '');
  const [removing, setRemoving] = useState(null);
  const changes = may(user, 'manageScopes');
  return div(
    h1('Scopes'),
    p({class: 'lead'}, 'What access keys may be given. Your services look for these names in the tokens that they get.'),
    ProblemNote({problem, onRetry: reload, busy: loading}),
    changes && data !== null ? div({class: 'card'}, AddScope({onAdded: reload, first: data.length === 0})) : null,
    data === null ? (loading ? p({class: 'muted'}, 'Loading…') : null) : null,
    data !== null && data.length === 0 ? div({class: 'empty'},
      p({class: 'empty-title'}, 'There are no scopes yet'),
      p(changes ? 'Add the first one above: a short name such as “orders:read”.' : 'Ask an Owner to add some; keys need at least one.')) : null,
    data !== null && data.length > 0 ? ScopeList({scopes: data, onRemove: changes ? setRemoving : null}) : null,
    removing === null ? null : RemoveScope({scope: removing, onClose: () => setRemoving(null), onRemoved: () => {
      say(`Removed the scope ${removing.name}.`);
      setRemoving(null);
      reload();
    }}));
});

const ScopeList = part(function ScopeList({scopes, onRemove}) {
  const [text, setText] = useState('');
  const shown = matching(scopes, text);
  return div(
    ScopeFilter({count: scopes.length, text, onChange: setText}),
    shown.length === 0 ? p({class: 'muted'}, 'No scope matches.') : ScopeTable({scopes: shown, onRemove}));
});

const ScopeTable = part(function ScopeTable({scopes, onRemove}) {
  const heads = ['Scope', 'What it allows', 'Added'];
  return table({class: 'cards', role: 'table'},
    caption({class: 'unseen'}, 'Scopes by name'),
    thead(tr({role: 'row'}, heads.map((text) => th({scope: 'col', role: 'columnheader'}, text)),
      onRemove ? th({scope: 'col', role: 'columnheader'}, span({class: 'unseen'}, 'Remove')) : null)),
    tbody(scopes.map((scope) => tr({key: scope.name, role: 'row'},
      td({role: 'cell', class: 'main'}, span({class: 'id strong'}, scope.name)),
      td({role: 'cell', 'data-label': 'What it allows'}, scope.description === '' ? span({class: 'muted'}, '—') : isolated(scope.description)),
      td({role: 'cell', 'data-label': 'Added'}, when(scope.created_at), ' by ', isolated(scope.created_by)),
      onRemove ? td({role: 'cell', class: 'end'}, Button({kind: 'small', 'aria-label': `Remove ${scope.name}`, onClick: () => onRemove(scope)}, 'Remove')) : null))));
});

const RemoveScope = part(function RemoveScope({scope, onClose, onRemoved}) {
  const [inUse, setInUse] = useState(false);
  const remove = async () => {
    try {
      await call('DELETE', `scopes/${encodeURIComponent(scope.name)}`);
    } catch (e) {
      setInUse(e.status === 409);
      throw e;
    }
    onRemoved();
  };
  return DeedDialog({title: `Remove the scope ${scope.name}?`, deed: 'Remove', danger: true, onDo: remove, onClose},
    p('New keys can no longer be given it. It has to be taken from the keys that have it first.'),
    inUse ? p(a({href: `#/keys?q=${encodeURIComponent(scope.name)}`, onClick: onClose}, 'Show the keys that have it')) : null);
});
