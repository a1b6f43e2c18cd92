// A new secret, the one time it is shown, and everything that one does with it first.
import {useEffect, useRef} from './hooks.js';
import {part, tags} from './tags.js';
import {ClientSnippets} from './client-snippets.js';
import {Takeaway} from './copy.js';
import {ProblemNote} from './notice.js';
import {useServiceMetadata} from './service.js';
import {Snippets} from './snippets.js';
import {TryIt} from './try-it.js';

const {section, h2, p, div} = tags;

const envOf = (id, secret) => `LATCHKEY_KEY_ID=${id}\nLATCHKEY_KEY_SECRET=${secret}`;

export const SecretPanel = part(function SecretPanel({accessKey, secret, onCopied}) {
  const service = useServiceMetadata();
  const own = useRef(null);
  const {id} = accessKey;
  useEffect(() => {
    window.scrollTo(0, 0);
    own.current.focus({preventScroll: true});
  }, []);
  useEffect(() => {
    // What is copied may begin and end anywhere on the page; only the whole secret counts.
    const onCopy = () => String(document.getSelection()).includes(secret) && onCopied();
    document.addEventListener('copy', onCopy);
    return () => document.removeEventListener('copy', onCopy);
  }, [secret]);
  return div({class: 'secret-panel'},
    section({ref: own, tabIndex: -1, class: 'card attention', 'aria-label': 'The secret'},
      h2('Copy the secret now'),
      p('It is shown this once. Latchkey keeps only a fingerprint of it; if it gets lost, rotate the key.'),
      Takeaway({title: 'Client id', what: 'client id', text: id}),
      Takeaway({title: 'Client secret', what: 'client secret', text: secret, onCopied}),
      Takeaway({title: 'As a .env file', what: '.env lines', text: envOf(id, secret), onCopied})),
    section({class: 'card', 'aria-label': 'First token'},
      h2('Get a token'),
      ProblemNote({problem: service.problem, onRetry: service.reload, busy: service.loading}),
      service.data === null ? null : ClientSnippets({accessKey, secret, endpoint: service.data.token_endpoint, onCopied}),
      TryIt({id, secret})),
    service.data === null ? null : Snippets({accessKey, metadata: service.data}));
});
