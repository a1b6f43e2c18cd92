// Looking into an access token, and checking its signature in the browser.

const bytesOf = (base64url) => {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
};

const jsonOf = (base64url) => JSON.parse(new TextDecoder().decode(bytesOf(base64url)));

/** {header, claims} of a compact JWS (RFC 7515 §3.1), unverified. */
export function decode(token) {
  const [header, claims] = token.split('.');
  return {header: jsonOf(header), claims: jsonOf(claims)};
}

/** What the browser calls the algorithms, to import a key and to check a signature with it. */
const ALGORITHMS = {
  RS256: {kty: 'RSA', name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256'},
  ES256: {kty: 'EC', name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'},
  EdDSA: {kty: 'OKP', name: 'Ed25519'},
};

/** Whether this browser lets this page check signatures: on https and localhost only. */
export const canVerify = () => globalThis.crypto?.subtle !== undefined;

/** {valid, reason}: whether a key of the JWK Set made the token's signature, by the key's own algorithm. */
export async function verify(token, jwks) {
  const {header} = decode(token);
  const jwk = jwks.keys.find(({kid}) => kid === header.kid);
  const algorithm = jwk === undefined ? undefined : ALGORITHMS[jwk.alg];
  if (algorithm === undefined || algorithm.kty !== jwk.kty || header.alg !== jwk.alg) {
    return {valid: false, reason: `The JWK Set has no ${header.alg} key ${header.kid}.`};
  }
  const {kty, n, e, crv, x, y} = jwk;
  let key;
  try {
    key = await crypto.subtle.importKey('jwk', {kty, n, e, crv, x, y, ext: true}, algorithm, false, ['verify']);
  } catch {
    return {valid: null, reason: `Not verified here: this browser cannot check ${jwk.alg} signatures. Your services verify it all the same.`};
  }
  const [head, body, signature] = token.split('.');
  const valid = await crypto.subtle.verify(algorithm, key, bytesOf(signature), new TextEncoder().encode(`${head}.${body}`));
  return {valid, reason: valid ? `Signature verified: ${jwk.alg}, by key ${header.kid} of the JWK Set.` : 'The signature is not right.'};
}
