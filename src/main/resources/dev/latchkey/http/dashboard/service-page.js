// What the service says about itself: where it is, what it signs with, where it keeps what it knows, what time it is there.
import {part, tags} from './tags.js';
import {useLoad} from './action.js';
import {CopyButton} from './copy.js';
import {get, service as address} from './http.js';
import {ProblemNote} from './notice.js';
import {serviceMetadata} from './service.js';
import {duration, waitInWords} from './time.js';

const {div, h1, h2, p, section, dl, dt, dd, span} = tags;

const KINDS = {sqlite: 'SQLite', postgresql: 'PostgreSQL', memory: 'in memory: nothing is kept when the service stops'};

/** Clients whose clock differs by more are refused when they sign what they send. */
const FAR_OFF_SECONDS = 30;

/** What the service says, and by how many seconds its clock is ahead of this browser's: read in the middle of the call. */
const describe = async (signal) => {
  const begun = Date.now();
  const {body} = await get('service', {signal});
  const ahead = (Date.parse(body.time) - (begun + Date.now()) / 2) / 1000;
  return {facts: body, ahead, metadata: await serviceMetadata()};
};

export const ServicePage = part(function ServicePage() {
  const {data, problem, loading, reload} = useLoad(describe, '');
  return div(
    h1('Service'),
    p({class: 'lead'}, 'What programs that use this service have to know, and how it is set up.'),
    ProblemNote({problem, onRetry: reload, busy: loading}),
    data === null ? (loading ? p({class: 'muted'}, 'Loading…') : null) : [
      Addresses({key: 'addresses', metadata: data.metadata, issuer: data.facts.issuer}), Facts({key: 'facts', facts: data.facts, ahead: data.ahead})]);
});

const fact = (name, ...value) => [dt(name), dd(...value)];

/** An address that this service may not have is undefined. */
const copied = (name, text) => (text === undefined ? null : fact(name, span({class: 'id'}, text), ' ', CopyButton({text, what: name})));

const Addresses = part(function Addresses({metadata, issuer}) {
  return section({class: 'card', 'aria-label': 'Addresses'},
    h2('Addresses'),
    dl(
      copied('Issuer', issuer),
      copied('Token endpoint', metadata.token_endpoint),
      copied('JWK Set', metadata.jwks_uri),
      copied('Introspection', metadata.introspection_endpoint),
      copied('Revocation', metadata.revocation_endpoint),
      copied('Forward authentication', `${issuer}/connect/verify`),
      copied('Metadata', `${issuer}/.well-known/openid-configuration`),
      copied('API description', `${address}openapi.json`)));
});

const Facts = part(function Facts({facts, ahead}) {
  return section({class: 'card', 'aria-label': 'Set-up'},
    h2('Set-up'),
    dl(
      fact('Version', facts.version),
      fact('Store', `${KINDS[facts.store_kind] ?? facts.store_kind}`, facts.store_kind === 'memory' ? null : [', ', span({class: 'id'}, facts.store)]),
      fact('Tokens are signed by', facts.signing_algorithm),
      fact('Private signing keys', facts.signing_keys_encrypted ? 'encrypted in the store, by a master key' : 'not encrypted in the store'),
      fact('Audience of tokens', span({class: 'id'}, facts.audience), span({class: 'muted'}, ' unless a key has its own')),
      fact('Tokens live', duration(facts.token_lifetime), span({class: 'muted'}, ' unless a key says otherwise')),
      fact('Clock', Clock({ahead}))));
});

const Clock = part(function Clock({ahead}) {
  const seconds = Math.round(Math.abs(ahead));
  if (seconds <= 1) {
    return span('agrees with that of this browser');
  }
  return span(`${waitInWords(seconds)} ${ahead > 0 ? 'ahead of' : 'behind'} that of this browser`,
    seconds > FAR_OFF_SECONDS ? span({class: 'muted'}, '; what is signed by a clock so far off is refused') : null);
});
