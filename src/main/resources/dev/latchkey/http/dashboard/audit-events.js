// Events of the audit log: who changed what, when, from where, and into what.
import {part, tags} from './tags.js';
import {href} from './route.js';
import {isolated, jsonText} from './text.js';
import {when} from './time.js';

const {div, p, a, ol, ul, li, span, details, summary, pre} = tags;

/** More changes than these are left to the details. */
const CHANGES_SHOWN = 6;

/** `here`: the id of the key whose page this is, where it need not be named again; undefined elsewhere. */
export const Events = part(function Events({events, here}) {
  return ol({class: 'events'}, events.map((event) => Event({key: event.id, event, here})));
});

const Event = part(function Event({event, here}) {
  const {actor, action, subject, changes, before, after} = event;
  return li(
    div({class: 'event-head'},
      span({class: 'chip'}, action), ' ',
      subject === here ? null : Subject({event}),
      span({class: 'event-who'}, actor.title === null ? isolated(actor.name) : Name({id: actor.name, name: actor.title}), ' ', span({class: 'muted'}, `(${actor.kind}, ${event.from})`)),
      when(event.at)),
    changes.length === 0 ? null : ul({class: 'event-changes'},
      changes.slice(0, CHANGES_SHOWN).map((change) => li({key: change}, isolated(change))),
      changes.length > CHANGES_SHOWN ? li({class: 'muted'}, `and ${changes.length - CHANGES_SHOWN} more`) : null),
    before === null && after === null ? null : details(summary('Details'), Details({before, after})));
});

/** What is gone has no page. */
const Subject = part(function Subject({event}) {
  const {action, subject, subject_name: name, after} = event;
  const shown = Name({id: subject, name});
  return action.startsWith('key.') && after !== null ? a({class: 'event-what', href: href('keys', subject)}, shown) : span({class: 'event-what'}, shown);
});

/** The name beside the id, where they are two. */
const Name = part(function Name({id, name}) {
  return name === null ? span({class: 'id'}, isolated(id)) : span(span({class: 'strong'}, isolated(name)), ' ', span({class: 'id'}, isolated(id)));
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
