// Why a session cannot work where the page was opened, and where it can.
import {Problem, service} from './http.js';
import {serviceMetadata} from './service.js';

const issuerOf = async () => (await serviceMetadata()).issuer;

const pageOf = (issuer) => `${issuer}/dashboard/`;

const isPlain = () => location.protocol === 'http:';

/** The problem that explains why nobody is signed in although the password is right; `otherwise` where it is not known. */
export async function noSession(otherwise) {
  const issuer = await issuerOf().catch(() => null);
  if (issuer === null) {
    return otherwise;
  }
  if (isPlain() && issuer.startsWith('https:')) {
    return new Problem(0, 'You cannot be signed in over http: this service is meant for https. Open the page there:', [], pageOf(issuer));
  }
  if (otherwise.status === 403) {
    return new Problem(403, `${otherwise.message} The page of this service is:`, [], pageOf(issuer));
  }
  const elsewhere = new URL(`${issuer}/`).href === service.href ? null : pageOf(issuer);
  return new Problem(0, 'The password is right, but the browser did not keep the session’s cookie. '
    + `Let it take cookies of ${location.host}, then sign in again.${elsewhere === null ? '' : ' Or open the page at the service’s own address:'}`, [], elsewhere);
}

/** What stands in the way of a session before anybody types a password; null = nothing that is known. */
export async function obstacle() {
  if (!navigator.cookieEnabled) {
    return new Problem(0, `The browser takes no cookies from ${location.host}. Nobody can sign in without; let it take them, then load the page again.`);
  }
  const issuer = isPlain() ? await issuerOf().catch(() => '') : '';
  return issuer.startsWith('https:')
    ? new Problem(0, 'This page came over http, where others can read along and a browser may not keep you signed in. Open it at:', [], pageOf(issuer))
    : null;
}
