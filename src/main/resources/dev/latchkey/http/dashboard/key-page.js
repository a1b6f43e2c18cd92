// One access key: what it is, its secrets, and what can be done with it.
import {useEffect, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Advice, useAdvice} from './key-advice.js';
import {Button, useAction, useFocusKept, useLoad} from './action.js';
import {ClientSnippets} from './client-snippets.js';
import {CopyButton} from './copy.js';
import {call, get, query} from './http.js';
import {DeleteKey} from './key-delete.js';
import {Federated, useFederated} from './key-federated.js';
import {KeyHistory, useKeyHistory} from './key-history.js';
import {RotateKey} from './key-rotate.js';
import {KeyState} from './key-state.js';
import {may} from './may.js';
import {ProblemNote, say} from './notice.js';
import {go, href, useLeaveGuard} from './route.js';
import {Secrets} from './key-secrets.js';
import {SecretPanel} from './secret-panel.js';
import {useServiceMetadata} from './service.js';
import {Snippets} from './snippets.js';
import {duration, when} from './time.js';
import {LeaveDialog} from './leave.js';
import {isolated, jsonText, plain} from './text.js';
import {keyList} from './visits.js';

const {div, h1, h2, section, a, dl, dt, dd, p, span, pre, code} = tags;

/** While two secrets live, their use is worth watching. */
const WATCH_MS = 10000;

const keyPath = (id) => `keys/${encodeURIComponent(id)}`;

export const KeyPage = part(function KeyPage({id, user}) {
  const {data, problem, loading, reload} = useLoad((signal) => get(keyPath(id), {signal}), id);
  const [rotated, setRotated] = useState(null);
  const accessKey = data?.body;
  useFocusKept(rotated);
  useEffect(() => {
    const live = accessKey?.secrets.length ?? 0;
    const timer = live > 1 ? setInterval(() => document.hidden || reload(), WATCH_MS) : null;
    return () => clearInterval(timer);
  }, [accessKey?.secrets.length]);
  if (!accessKey) {
    return div(h1('Access key'), ProblemNote({problem, onRetry: reload, busy: loading}), loading ? p({class: 'muted'}, 'Loading…') : p(a({href: keyList()}, 'Show all keys')));
  }
  const onRotated = (body) => {
    setRotated(body);
    reload();
  };
  return div(
    p({class: 'trail'}, a({href: keyList()}, 'Access keys')),
    div({class: 'head'}, h1(isolated(accessKey.name), ' ', KeyState({accessKey})), Deeds({accessKey, changes: may(user, 'changeKeys'), reload, onRotated})),
    ProblemNote({problem, onRetry: reload, busy: loading}),
    rotated === null ? null : Rotated({key: rotated.secret, rotated, onDone: () => setRotated(null)}),
    Facts({accessKey}),
    Sections({accessKey, revision: data.etag ?? accessKey.updated_at, user, withUsage: rotated === null}));
});

/** What is asked for beside the key; drawn when all of it is there. */
const Sections = part(function Sections({accessKey, revision, user, withUsage}) {
  const audited = may(user, 'viewAudit');
  const advice = useAdvice(accessKey);
  const federated = useFederated(accessKey);
  const history = useKeyHistory({id: accessKey.id, revision, shown: audited});
  const service = useServiceMetadata();
  if (![advice, federated, history, service].every(({settled}) => settled)) {
    return p({class: 'muted'}, 'Loading…');
  }
  return [
    Advice({load: advice}),
    accessKey.federated.length === 0 ? null : Federated({load: federated}),
    accessKey.secrets.length === 0 ? null : Secrets({accessKey}),
    audited ? KeyHistory({id: accessKey.id, load: history}) : null,
    withUsage ? Usage({accessKey, service}) : null];
});

const Deeds = part(function Deeds({accessKey, changes, reload, onRotated}) {
  const [open, setOpen] = useState(null);
  const {id, name, enabled} = accessKey;
  const toggle = useAction(async () => {
    await call('PATCH', keyPath(id), {json: {enabled: !enabled}});
    say('“', isolated(name), enabled ? '” is disabled: it gets no more tokens.' : '” is enabled again.');
    reload();
  });
  const close = () => setOpen(null);
  const like = a({class: 'button', href: `${href('keys', 'new')}${query({like: id})}`}, 'Create one like it');
  if (!changes) {
    return div({class: 'deeds'}, like);
  }
  return div({class: 'deeds'},
    ProblemNote({problem: toggle.problem}),
    a({class: 'button', href: href('keys', id, 'edit')}, 'Edit'),
    Button({onClick: () => setOpen('rotate')}, accessKey.secrets.length === 0 ? 'Add a secret' : 'Rotate'),
    Button({busy: toggle.busy, onClick: () => toggle.run()}, enabled ? 'Disable' : 'Enable'),
    like,
    Button({kind: 'danger', onClick: () => setOpen('delete')}, 'Delete'),
    open === 'rotate' ? RotateKey({accessKey, onClose: close, onRotated: (body) => {
      close();
      onRotated(body);
    }}) : null,
    open === 'delete' ? DeleteKey({accessKey, onClose: close, onDeleted: () => {
      say('“', isolated(name), '” is deleted.');
      go(keyList());
    }}) : null);
});

const Rotated = part(function Rotated({rotated, onDone}) {
  const [copied, setCopied] = useState(false);
  const [leave, setLeave] = useState(null);
  useLeaveGuard(!copied, setLeave);
  return div({class: 'rotated'},
    SecretPanel({accessKey: rotated, secret: rotated.secret, onCopied: () => setCopied(true)}),
    div({class: 'buttons start'}, Button({kind: 'primary', onClick: () => (copied ? onDone() : setLeave(() => onDone))}, 'Done')),
    leave === null ? null : LeaveDialog({
      text: 'The new secret has not been copied here, and it is not shown again.',
      deed: 'Leave anyway', onDo: leave, onClose: () => setLeave(null),
    }));
});

const fact = (name, ...value) => [dt(name), dd(...value)];

const Facts = part(function Facts({accessKey: key}) {
  return section({class: 'card', 'aria-label': 'The key'},
    key.description === '' ? null : p({class: 'description'}, isolated(key.description)),
    dl(
      fact('Id', span({class: 'id'}, key.id), ' ', CopyButton({text: key.id, what: 'id'})),
      fact('Scopes', span({class: 'chips'}, key.scopes.map((name) => span({class: 'chip', key: name}, name)))),
      fact('Last used', when(key.last_used_at, 'never')),
      fact('Expires', when(key.expires_at, 'never')),
      fact('Token lifetime', key.token_lifetime === null ? span({class: 'muted'}, 'the service’s default') : duration(key.token_lifetime)),
      fact('Audiences', key.audience.length === 0 ? span({class: 'muted'}, 'the service’s default') : key.audience.join(', ')),
      Object.keys(key.claims).length === 0 ? null : fact('Claims', pre({tabIndex: 0}, code(jsonText(key.claims)))),
      key.jwks === null ? null : fact('Public keys', (key.jwks.keys ?? []).map((jwk) => plain(String(jwk.kid ?? jwk.kty))).join(', ')),
      fact('Created', when(key.created_at), ' by ', isolated(key.created_by)),
      fact('Changed', when(key.updated_at))));
});

const Usage = part(function Usage({accessKey, service}) {
  if (service.data === null) {
    return ProblemNote({problem: service.problem, onRetry: service.reload, busy: service.loading});
  }
  return div(
    accessKey.secrets.length === 0 ? null : section({class: 'card', 'aria-label': 'Clients that use the key'},
      h2('Get a token with it'),
      ClientSnippets({accessKey, endpoint: service.data.token_endpoint})),
    Snippets({accessKey, metadata: service.data}));
});
