// A platform that issues workload tokens, in the shapes of GitHub Actions and of a Kubernetes cluster: a program of its own,
// with keys and signatures of its own. It prints its URL. `at` in a request is the time, in seconds, that it takes for now.
import {createServer} from 'node:http';
import {generateKeyPairSync, randomUUID, sign} from 'node:crypto';

const {privateKey, publicKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
const kid = randomUUID();
const keys = [{...publicKey.export({format: 'jwk'}), kid, use: 'sig', alg: 'RS256'}];

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function jwt(header, claims) {
  const content = `${encoded({alg: 'RS256', kid, ...header})}.${encoded(claims)}`;
  return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
}

const job = (url, at, audience) => jwt({typ: 'JWT'}, {
  iss: url, sub: 'repo:acme/app:environment:prod', aud: audience, jti: randomUUID(), iat: at, nbf: at - 300, exp: at + 300,
  repository: 'acme/app', repository_id: '74', repository_owner: 'acme', ref: 'refs/heads/main', ref_type: 'branch',
  environment: 'prod', event_name: 'push', run_id: '1', runner_environment: 'github-hosted',
});

const pod = (at, audience) => jwt({}, {
  iss: 'https://kubernetes.default.svc.cluster.local', sub: 'system:serviceaccount:shop:orders', aud: [audience],
  jti: randomUUID(), iat: at, nbf: at, exp: at + 3607,
  'kubernetes.io': {
    namespace: 'shop', pod: {name: 'orders-0', uid: randomUUID()}, serviceaccount: {name: 'orders', uid: randomUUID()},
  },
});

const server = createServer((request, response) => {
  const url = `http://127.0.0.1:${server.address().port}`;
  const {pathname, searchParams} = new URL(request.url, url);
  const asked = [Number(searchParams.get('at')), searchParams.get('audience')];
  const answers = {
    '/.well-known/openid-configuration': () => ({issuer: url, jwks_uri: `${url}/openid/v1/jwks`}),
    '/openid/v1/jwks': () => ({keys}),
    '/job': () => (request.headers.authorization === 'bearer of-the-run' ? {value: job(url, ...asked)} : undefined),
    '/pod': () => ({status: {token: pod(...asked)}}),
  };
  const answer = answers[pathname]?.();
  response.writeHead(answer === undefined ? 404 : 200, {'Content-Type': 'application/json'});
  response.end(JSON.stringify(answer ?? {}));
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
