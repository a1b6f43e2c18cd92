// How many keys a person should look at, above the list of all.
import {part, tags} from './tags.js';
import {get, query} from './http.js';

const {p, a, ul, li} = tags;

/** What the list can be narrowed to beside a state: the name in the address, the words, and what the service is asked. */
export const NARROWED = [
  ['expiring', 'Expiring within 14 days', {expiring: '14d'}],
  ['unused', 'Unused for 90 days', {unused: '90d'}],
  ['old-secret', 'With an old secret', {old_secret: 'true'}],
];

const told = {
  'expiring': (keys) => `${keys} within 14 days`,
  'unused': (keys, one) => `${keys} ${one ? 'has' : 'have'} not been used for 90 days`,
  'old-secret': (keys, one) => `${keys} still ${one ? 'has' : 'have'} an old secret`,
};

/** How many there are of each kind that has some. */
export const attention = async (signal) => {
  const pages = await Promise.all(NARROWED.map(([, , asked]) => get(`keys${query({limit: 1, ...asked})}`, {signal})));
  return NARROWED.map(([name], place) => ({name, total: pages[place].body.total})).filter(({total}) => total > 0);
};

const words = ({name, total}) => {
  const verb = name === 'expiring' ? (total === 1 ? ' expires' : ' expire') : '';
  return told[name](`${total.toLocaleString('en')} ${total === 1 ? 'key' : 'keys'}${verb}`, total === 1);
};

/** Says nothing where there is nothing to say. */
export const Attention = part(function Attention({found, listOf}) {
  if (found.length === 0) {
    return null;
  }
  return [
    p({class: 'unseen', id: 'attention'}, 'Keys to look at'),
    ul({class: 'note warn attention', 'aria-labelledby': 'attention'},
      found.map((one) => li({key: one.name}, a({href: listOf(one.name)}, words(one)))))];
});
