// Whose tokens stand for a key's secret, and what became of them.
import {part, tags} from './tags.js';
import {useLoad} from './action.js';
import {get} from './http.js';
import {ProblemNote} from './notice.js';
import {isolated} from './text.js';
import {when} from './time.js';

const {section, h2, p, table, thead, tbody, tr, th, td, caption, span} = tags;

/** None for a key that trusts none. */
export const useFederated = ({id, updated_at: changed, federated}) => useLoad(
  async (signal) => (federated.length === 0 ? [] : (await get(`keys/${encodeURIComponent(id)}/federated`, {signal})).body.data), `${id} ${changed}`);

export const Federated = part(function Federated({load: {data, problem, loading, reload}}) {
  return section({class: 'card', 'aria-label': 'Trusted workloads'},
    h2('Trusted workloads'),
    ProblemNote({problem, onRetry: reload, busy: loading}),
    data === null ? null : table({class: 'cards', role: 'table'},
      caption({class: 'unseen'}, 'Subjects whose tokens stand for a secret'),
      thead(tr({role: 'row'}, ['Subject', 'Issuer', 'Last used', 'Last refused'].map((text) => th({scope: 'col', role: 'columnheader'}, text)))),
      tbody(data.map((use) => tr({role: 'row', key: `${use.issuer} ${use.subject}`},
        td({role: 'cell', class: 'main'}, isolated(use.subject)),
        td({role: 'cell', 'data-label': 'Issuer'}, span({class: 'id'}, use.issuer)),
        td({role: 'cell', 'data-label': 'Last used'}, when(use.last_used_at, 'never')),
        td({role: 'cell', 'data-label': 'Last refused'}, when(use.last_refused_at, 'never'), use.last_refusal === null ? null : [': ', isolated(use.last_refusal)]))))));
});
