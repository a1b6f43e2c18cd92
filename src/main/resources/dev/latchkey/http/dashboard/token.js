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

const RS256 = {name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256'};

/** Whether this browser lets this page check signatures: on https and localhost only. */
export const canVerify = () => globalThis.crypto?.subtle !== undefined;

/** {valid, reason}: whether a key of the JWK Set made the token's RS256 signature. */
export async function verify(token, jwks) {
  const {header} = decode(token);
  const jwk = jwks.keys.find(({kid}) => kid === header.kid);
  if (header.alg !== 'RS256' || jwk === undefined) {
    return {valid: false, reason: `The JWK Set has no RS256 key ${header.kid}.`};
  }
  const {kty, n, e} = jwk;
  const key = await crypto.subtle.importKey('jwk', {kty, n, e, alg: 'RS256', ext: true}, RS256, false, ['verify']);
  const [head, body, signature] = token.split('.');
  const valid = await crypto.subtle.verify(RS256, key, bytesOf(signature), new TextEncoder().encode(`${head}.${body}`));
  return {valid, reason: valid ? `Signature verified: RS256, by key ${header.kid} of the JWK Set.` : 'The signature is not right.'};
}
