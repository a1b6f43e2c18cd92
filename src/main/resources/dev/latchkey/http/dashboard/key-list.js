// The list of access keys: a page at a time, searched by the service.
import {useEffect} from './hooks.js';
import {part, tags} from './tags.js';
import {useLoad} from './action.js';
import {ChoiceField, TextField} from './field.js';
import {get, query} from './http.js';
import {Attention, attention, NARROWED} from './key-attention.js';
import {KeyState} from './key-state.js';
import {Pages, useTyped} from './list-view.js';
import {ProblemNote} from './notice.js';
import {href, replace} from './route.js';
import {isolated, plain} from './text.js';
import {when} from './time.js';
import {keepKeyList} from './visits.js';

const {div, h1, a, table, thead, tbody, tr, th, td, p, span, form, caption} = tags;

const PAGE = 50;
const STATES = [['', 'All'], ['true', 'Enabled'], ['false', 'Disabled'], ...NARROWED];
const SORTS = [
  ['', 'Newest first'], ['created', 'Oldest first'], ['name', 'Name'], ['-last_used', 'Last used'], ['last_used', 'Longest unused'], ['expires', 'Expiry'],
];
const SCOPES_SHOWN = 4;

const listAt = (values) => `#/keys${query(values)}`;

/** What the service is asked for a state of the list, which is also what a person can look for. */
const asked = (state) => NARROWED.find(([name]) => name === state)?.[2] ?? {enabled: state};

export const KeyList = part(function KeyList({search}) {
  const q = search.get('q') ?? '';
  const enabled = search.get('enabled') ?? '';
  const sort = search.get('sort') ?? '';
  const cursor = search.get('cursor') ?? '';
  const filtered = q !== '' || enabled !== '' || cursor !== '';
  const path = `keys${query({limit: PAGE, q, ...asked(enabled), sort, cursor})}`;
  const first = listAt({q, enabled, sort});
  const here = listAt({q, enabled, sort, cursor});
  useEffect(() => keepKeyList(here), [here]);
  // Both at once: what came later above the list would move it. The list itself tells of problems.
  const {data, problem, loading, reload} = useLoad(async (signal) => {
    const [{body}, found] = await Promise.all([get(path, {signal}), filtered ? [] : attention(signal).catch(() => [])]);
    return {page: body, found};
  }, path);
  const page = data?.page;
  return div(
    div({class: 'head'},
      h1('Access keys'),
      a({class: 'button primary', href: href('keys', 'new')}, 'Create a key')),
    Filters({q, enabled, sort}),
    data === null ? null : Attention({found: data.found, listOf: (state) => listAt({enabled: state, sort})}),
    ProblemNote({problem, onRetry: reload, busy: loading}),
    div({'aria-busy': loading ? 'true' : 'false', class: loading ? 'busy' : ''},
      page ? (page.data.length === 0 ? Empty({filtered}) : Rows({keys: page.data, total: page.total, sort})) : null),
    page ? Pages({here, first, next: page.next_cursor === null ? null : listAt({q, enabled, sort, cursor: page.next_cursor}), byAge: sort === ''}) : (loading ? p({class: 'muted'}, 'Loading…') : null));
});

const Filters = part(function Filters({q, enabled, sort}) {
  const {text, type, settle} = useTyped(q, (typed) => replace(listAt({q: typed, enabled, sort})));
  const ask = (changed) => {
    settle();
    replace(listAt({q: text, enabled, sort, ...changed}));
  };
  const submit = (event) => {
    event.preventDefault();
    ask({});
  };
  return form({class: 'filters sorted', role: 'search', onSubmit: submit},
    TextField({label: 'Search', type: 'search', name: 'q', placeholder: 'Name, id, description or scope', maxLength: 200, value: text, onChange: type}),
    ChoiceField({label: 'State', name: 'enabled', options: STATES, value: enabled, onChange: (state) => ask({enabled: state})}),
    ChoiceField({label: 'Order', name: 'sort', options: SORTS, value: sort, onChange: (order) => ask({sort: order})}));
});

/** How many keys there are on all pages, which the first page knows. */
const Total = part(function Total({total}) {
  return total === undefined ? null : p({class: 'muted total'}, `${total.toLocaleString('en')} ${total === 1 ? 'key' : 'keys'}`);
});

const Rows = part(function Rows({keys, total, sort}) {
  const order = SORTS.find(([name]) => name === sort)?.[1] ?? sort;
  return [Total({total}), table({class: 'cards', role: 'table'},
    caption({class: 'unseen'}, `Access keys; order: ${order}`),
    thead(tr({role: 'row'}, ['Key', 'Scopes', 'State', 'Last used', 'Expires'].map((text) => th({scope: 'col', role: 'columnheader'}, text)))),
    tbody(keys.map((key) => tr({key: key.id, role: 'row'},
      td({role: 'cell', class: 'main'}, a({class: 'name', href: href('keys', key.id), title: plain(key.name)}, isolated(key.name)), span({class: 'id'}, key.id)),
      td({role: 'cell', 'data-label': 'Scopes'}, Scopes({names: key.scopes})),
      td({role: 'cell', class: 'short', 'data-label': 'State'}, KeyState({accessKey: key})),
      td({role: 'cell', class: 'short', 'data-label': 'Last used'}, when(key.last_used_at, 'never')),
      td({role: 'cell', class: 'short', 'data-label': 'Expires'}, when(key.expires_at, 'never'))))))];
});

const Scopes = part(function Scopes({names}) {
  const more = names.length - SCOPES_SHOWN;
  return span({class: 'chips', title: names.join(' ')},
    names.slice(0, SCOPES_SHOWN).map((name) => span({class: 'chip'}, name)),
    more > 0 ? span({class: 'muted'}, `+${more}`) : null);
});

const Empty = part(function Empty({filtered}) {
  return div({class: 'empty'},
    filtered
      ? [p('No key matches.'), p(a({href: href('keys')}, 'Show all keys'))]
      : [p({class: 'empty-title'}, 'There are no access keys yet'),
        p('A key is an id and a secret that a program trades for tokens. Create one, copy its secret, and get your first token right here.'),
        p(a({class: 'button primary', href: href('keys', 'new')}, 'Create the first key'))]);
});
