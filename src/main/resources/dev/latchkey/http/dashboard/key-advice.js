// What a key no longer needs, and when each of its scopes was last used.
import {part, tags} from './tags.js';
import {useLoad} from './action.js';
import {get} from './http.js';
import {ProblemNote} from './notice.js';
import {isolated} from './text.js';
import {when} from './time.js';

const {section, h2, p, ul, li, table, thead, tbody, tr, th, td, caption, span} = tags;

export const useAdvice = ({id, updated_at: changed}) => useLoad((signal) => get(`keys/${encodeURIComponent(id)}/advice`, {signal}), `${id} ${changed}`);

export const Advice = part(function Advice({load: {data, problem, loading, reload}}) {
  return section({class: 'card', 'aria-label': 'Advice'},
    h2('Advice'),
    ProblemNote({problem, onRetry: reload, busy: loading}),
    data === null ? null : Given({told: data.body}));
});

const Given = part(function Given({told: {advice, scopes, scopes_since: since, all_scopes_asked_at: unnamed}}) {
  return [
    advice.length === 0
      ? p({class: 'muted'}, 'There is nothing that this key should change.')
      : ul({class: 'note warn advice'}, advice.map(({kind, message}) => li({key: kind}, isolated(message)))),
    p({class: 'hint'}, 'Counted are uses of scopes since the key was made or its scopes changed, ', when(since), '.',
      unnamed === null ? '' : [' A token was last asked for without naming a scope ', when(unnamed), ': that gives all of them.']),
    table({class: 'cards', role: 'table'},
      caption({class: 'unseen'}, 'Scopes and their last uses'),
      thead(tr({role: 'row'}, ['Scope', 'Asked for', 'Demanded'].map((text) => th({scope: 'col', role: 'columnheader'}, text)))),
      tbody(scopes.map(({scope, last_asked_at: asked, last_demanded_at: demanded}) => tr({role: 'row', key: scope},
        td({role: 'cell', class: 'main'}, span({class: 'chip'}, scope)),
        td({role: 'cell', class: 'short', 'data-label': 'Asked for'}, when(asked, 'never')),
        td({role: 'cell', class: 'short', 'data-label': 'Demanded'}, when(demanded, 'never'))))))];
});
