// Finding scopes in a long catalogue, and telling Latchkey's own from it.
import {part} from './tags.js';
import {TextField} from './field.js';

const FILTER_FROM = 12;

export const RESERVED = 'latchkey:';

/** Whether a scope is one of Latchkey's own, which the catalogue does not list. */
export const isReserved = (name) => name.startsWith(RESERVED);

/** Those of the scopes whose name or description has the text in it. */
export const matching = (scopes, text) => {
  const wanted = text.trim().toLowerCase();
  return scopes.filter(({name, description}) => `${name} ${description}`.toLowerCase().includes(wanted));
};

/** Where there are `count` scopes; few need no search. */
export const ScopeFilter = part(function ScopeFilter({count, text, onChange}) {
  return count < FILTER_FROM ? null : TextField({label: 'Find a scope', type: 'search', value: text, onChange});
});
