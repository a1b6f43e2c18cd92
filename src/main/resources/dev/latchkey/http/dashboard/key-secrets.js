// The secrets of a key: never themselves, only when they were made and used.
import {part, tags} from './tags.js';
import {isPast, when} from './time.js';

const {section, h2, p, table, thead, tbody, tr, th, td, caption, span} = tags;

/** Its last characters; of a secret that was given as a hash nothing is known. */
const ending = ({hint}) => hint === null ? 'given as a hash' : `…${hint}`;

const isLive = ({expires_at: end}) => end === null || !isPast(end);

export const Secrets = part(function Secrets({accessKey}) {
  const secrets = [...accessKey.secrets].reverse();
  return section({class: 'card', 'aria-label': 'Secrets'},
    h2('Secrets'),
    Rotation({secrets: accessKey.secrets.filter(isLive)}),
    table({class: 'cards', role: 'table'},
      caption({class: 'unseen'}, 'Secrets, newest first'),
      thead(tr({role: 'row'}, ['Ends with', 'Created', 'Last used', 'Works until'].map((text) => th({scope: 'col', role: 'columnheader'}, text)))),
      tbody(secrets.map((secret, place) => tr({role: 'row', key: `${secret.created_at} ${secret.hint} ${place}`},
        td({role: 'cell', class: 'main'}, span({class: 'id'}, ending(secret)), isLive(secret) ? null : [' ', span({class: 'badge off'}, 'ended')]),
        td({role: 'cell', class: 'short', 'data-label': 'Created'}, when(secret.created_at)),
        td({role: 'cell', class: 'short', 'data-label': 'Last used'}, when(secret.last_used_at, 'never')),
        td({role: 'cell', class: 'short', 'data-label': 'Works until'}, when(secret.expires_at, 'no end')))))));
});

/** How far a rotation has come: whether anybody still uses the old secret. */
const Rotation = part(function Rotation({secrets}) {
  if (secrets.length < 2) {
    return null;
  }
  const [old, fresh] = secrets;
  const usedSince = old.last_used_at !== null && Date.parse(old.last_used_at) > Date.parse(fresh.created_at);
  return p({class: `note ${usedSince ? 'warn' : ''}`},
    'A rotation is under way. The old secret (', ending(old), ') ',
    old.last_used_at === null ? 'has never been used.'
      : ['was last used ', when(old.last_used_at), usedSince ? ', after the new one was made: somebody still has to change over.' : ', before the new one was made.'],
    ' It stops working ', when(old.expires_at), '.');
});
