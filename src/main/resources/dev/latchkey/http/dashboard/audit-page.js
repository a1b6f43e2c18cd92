// Who changed what, newest first.
import {part, tags} from './tags.js';
import {useLoad} from './action.js';
import {ChoiceField, TextField} from './field.js';
import {get, query} from './http.js';
import {Pages, useTyped} from './list-view.js';
import {ProblemNote} from './notice.js';
import {href, replace} from './route.js';
import {isolated, jsonText} from './text.js';
import {when} from './time.js';

const {div, h1, p, a, ol, li, span, details, summary, pre, form} = tags;

const PAGE = 50;
const ACTIONS = [
  ['', 'Everything'], ['key', 'Access keys'], ['scope', 'Scopes'], ['user', 'Users'], ['signing-key', 'Signing keys'],
  ['key.create', 'Keys created'], ['key.edit', 'Keys edited'], ['key.rotate', 'Keys rotated'], ['key.delete', 'Keys deleted'],
];

const auditAt = (values) => `#/audit${query(values)}`;

export const AuditPage = part(function AuditPage({search}) {
  const subject = search.get('subject') ?? '';
  const action = search.get('action') ?? '';
  const cursor = search.get('cursor') ?? '';
  const path = `audit${query({limit: PAGE, subject, action, cursor})}`;
  const {data, problem, loading, reload} = useLoad((signal) => get(path, {signal}), path);
  const page = data?.body;
  return div(
    h1('Audit'),
    Filters({subject, action}),
    ProblemNote({problem, onRetry: reload, busy: loading}),
    page ? null : (loading ? p({class: 'muted'}, 'Loading…') : null),
    page ? div({'aria-busy': loading ? 'true' : 'false', class: loading ? 'busy' : ''},
      page.data.length === 0
        ? div({class: 'empty'}, p(subject === '' && action === '' ? 'Nothing has been changed yet.' : 'Nothing matches; the subject is compared as a whole.'))
        : ol({class: 'events'}, page.data.map((event) => Event({key: event.id, event}))),
      Pages({
        here: auditAt({subject, action, cursor}),
        first: auditAt({subject, action}),
        next: page.next_cursor === null ? null : auditAt({subject, action, cursor: page.next_cursor}),
      })) : null);
});

const Filters = part(function Filters({subject, action}) {
  const {text, type, settle} = useTyped(subject, (typed) => replace(auditAt({subject: typed, action})));
  const ask = (what) => {
    settle();
    replace(auditAt({subject: text, action: what}));
  };
  const submit = (event) => {
    event.preventDefault();
    ask(action);
  };
  return form({class: 'filters', role: 'search', onSubmit: submit},
    TextField({label: 'Subject', type: 'search', name: 'subject', maxLength: 200, placeholder: 'A key’s id, a scope, a user', value: text, onChange: type}),
    ChoiceField({label: 'What', name: 'action', options: ACTIONS, value: action, onChange: ask}));
});

const Event = part(function Event({event}) {
  const {actor, action, subject, before, after} = event;
  return li(
    div({class: 'event-head'},
      span({class: 'chip'}, action), ' ',
      Subject({action, subject, gone: after === null}),
      span({class: 'event-who'}, isolated(actor.name), ' ', span({class: 'muted'}, `(${actor.kind}, ${event.from})`)),
      when(event.at)),
    before === null && after === null ? null : details(summary('Details'), Details({before, after})));
});

const Subject = part(function Subject({action, subject, gone}) {
  return action.startsWith('key.') && !gone ? a({class: 'id', href: href('keys', subject)}, isolated(subject)) : span({class: 'id'}, isolated(subject));
});

/** Only what differs, where there is a before and an after. */
const Details = part(function Details({before, after}) {
  const names = Object.keys({...before, ...after})
    .filter((name) => before === null || after === null || JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const only = (fields) => jsonText(Object.fromEntries(names.filter((name) => name in fields).map((name) => [name, fields[name]])));
  return div({class: 'versions'},
    before === null || names.length === 0 ? null : div(p({class: 'hint'}, 'Before'), pre({tabIndex: 0}, only(before))),
    after === null || names.length === 0 ? null : div(p({class: 'hint'}, 'After'), pre({tabIndex: 0}, only(after))),
    names.length === 0 ? p({class: 'muted'}, 'Nothing that is kept readable has changed.') : null);
});
