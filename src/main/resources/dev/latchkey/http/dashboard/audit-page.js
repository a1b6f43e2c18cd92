// Who changed what, newest first.
import {useEffect, useRef, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {useLoad} from './action.js';
import {ChoiceField, TextField} from './field.js';
import {get, query} from './http.js';
import {ProblemNote} from './notice.js';
import {href, replace} from './route.js';
import {when} from './time.js';

const {div, h1, p, a, ol, li, span, details, summary, pre, form, nav} = tags;

const PAGE = 50;
const TYPING_MS = 200;
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
  const {data, problem, loading} = useLoad((signal) => get(path, {signal}), path);
  const page = data?.body;
  return div(
    h1('Audit'),
    Filters({subject, action}),
    ProblemNote({problem}),
    page ? null : (loading ? p({class: 'muted'}, 'Loading…') : null),
    page ? div({'aria-busy': loading ? 'true' : 'false', class: loading ? 'busy' : ''},
      page.data.length === 0
        ? div({class: 'empty'}, p(subject === '' && action === '' ? 'Nothing has been changed yet.' : 'Nothing matches; the subject is compared as a whole.'))
        : ol({class: 'events'}, page.data.map((event) => Event({key: event.id, event}))),
      nav({class: 'pages', 'aria-label': 'Pages'},
        cursor === '' ? span() : a({class: 'button', href: auditAt({subject, action})}, '← Newest'),
        page.next_cursor === null ? span() : a({class: 'button', href: auditAt({subject, action, cursor: page.next_cursor})}, 'Older →'))) : null);
});

const Filters = part(function Filters({subject, action}) {
  const [text, setText] = useState(subject);
  const asked = useRef(subject);
  useEffect(() => {
    if (subject !== asked.current) {
      asked.current = subject;
      setText(subject);
    }
  }, [subject]);
  useEffect(() => {
    if (text === asked.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      asked.current = text;
      replace(auditAt({subject: text, action}));
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return form({class: 'filters', role: 'search', onSubmit: (event) => event.preventDefault()},
    TextField({label: 'Subject', type: 'search', name: 'subject', maxLength: 200, placeholder: 'A key’s id, a scope, a user', value: text, onChange: setText}),
    ChoiceField({label: 'What', name: 'action', options: ACTIONS, value: action, onChange: (value) => replace(auditAt({subject: text, action: value}))}));
});

const Event = part(function Event({event}) {
  const {actor, action, subject, before, after} = event;
  return li(
    div({class: 'event-head'},
      span({class: 'chip'}, action), ' ',
      Subject({action, subject, gone: after === null}),
      span({class: 'event-who'}, actor.name, ' ', span({class: 'muted'}, `(${actor.kind}, ${event.from})`)),
      when(event.at)),
    before === null && after === null ? null : details(summary('Details'), Details({before, after})));
});

const Subject = part(function Subject({action, subject, gone}) {
  return action.startsWith('key.') && !gone ? a({class: 'id', href: href('keys', subject)}, subject) : span({class: 'id'}, subject);
});

/** Only what differs, where there is a before and an after. */
const Details = part(function Details({before, after}) {
  const names = Object.keys({...before, ...after})
    .filter((name) => before === null || after === null || JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const only = (fields) => JSON.stringify(Object.fromEntries(names.filter((name) => name in fields).map((name) => [name, fields[name]])), null, 2);
  return div({class: 'versions'},
    before === null || names.length === 0 ? null : div(p({class: 'hint'}, 'Before'), pre({tabIndex: 0}, only(before))),
    after === null || names.length === 0 ? null : div(p({class: 'hint'}, 'After'), pre({tabIndex: 0}, only(after))),
    names.length === 0 ? p({class: 'muted'}, 'Nothing that is kept readable has changed.') : null);
});
