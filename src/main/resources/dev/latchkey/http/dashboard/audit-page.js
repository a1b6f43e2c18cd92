// Who changed what, newest first.
import {part, tags} from './tags.js';
import {useLoad} from './action.js';
import {Events} from './audit-events.js';
import {ChoiceField, TextField} from './field.js';
import {get, query} from './http.js';
import {Pages, useTyped} from './list-view.js';
import {ProblemNote} from './notice.js';
import {replace} from './route.js';

const {div, h1, p, form} = tags;

const PAGE = 50;
const ACTIONS = [
  ['', 'Everything'], ['key', 'Access keys'], ['scope', 'Scopes'], ['user', 'Users'], ['signing-key', 'Signing keys'], ['session', 'Sign-ins'],
  ['key.create', 'Keys created'], ['key.edit', 'Keys edited'], ['key.rotate', 'Keys rotated'], ['key.delete', 'Keys deleted'],
  ['session.refuse', 'Failed sign-ins'],
];
const TIMES = [['', 'Any time'], ['1h', 'The last hour'], ['24h', 'The last 24 hours'], ['7d', 'The last 7 days'], ['30d', 'The last 30 days']];
const FILTERS = ['subject', 'actor', 'action', 'since'];

const auditAt = (values) => `#/audit${query(values)}`;

export const AuditPage = part(function AuditPage({search}) {
  const filters = Object.fromEntries(FILTERS.map((name) => [name, search.get(name) ?? '']));
  const cursor = search.get('cursor') ?? '';
  const path = `audit${query({limit: PAGE, ...filters, cursor})}`;
  const {data, problem, loading, reload} = useLoad((signal) => get(path, {signal}), path);
  const page = data?.body;
  return div(
    h1('Audit'),
    Filters({filters}),
    ProblemNote({problem, onRetry: reload, busy: loading}),
    page ? null : (loading ? p({class: 'muted'}, 'Loading…') : null),
    page ? div({'aria-busy': loading ? 'true' : 'false', class: loading ? 'busy' : ''},
      page.data.length === 0
        ? div({class: 'empty'}, p(Object.values(filters).every((value) => value === '') ? 'Nothing has been changed yet.' : 'Nothing matches; names are compared as a whole.'))
        : Events({events: page.data}),
      Pages({
        here: auditAt({...filters, cursor}),
        first: auditAt(filters),
        next: page.next_cursor === null ? null : auditAt({...filters, cursor: page.next_cursor}),
      })) : null);
});

const Filters = part(function Filters({filters}) {
  const subject = useTyped(filters.subject, (typed) => ask({subject: typed}));
  const actor = useTyped(filters.actor, (typed) => ask({actor: typed}));
  const ask = (changed) => {
    subject.settle();
    actor.settle();
    replace(auditAt({...filters, subject: subject.text, actor: actor.text, ...changed}));
  };
  const submit = (event) => {
    event.preventDefault();
    ask({});
  };
  return form({class: 'row', role: 'search', onSubmit: submit},
    TextField({label: 'Subject', type: 'search', name: 'subject', maxLength: 200, placeholder: 'Key, scope or user', value: subject.text, onChange: subject.type}),
    TextField({label: 'Who', type: 'search', name: 'actor', maxLength: 200, placeholder: 'User or key', value: actor.text, onChange: actor.type}),
    ChoiceField({label: 'What', name: 'action', options: ACTIONS, value: filters.action, onChange: (action) => ask({action})}),
    ChoiceField({label: 'When', name: 'since', options: TIMES, value: filters.since, onChange: (since) => ask({since})}));
});
