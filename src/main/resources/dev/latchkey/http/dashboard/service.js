// What the service says about itself: its issuer and the URLs that others use.
import {get, publicDocument} from './http.js';
import {useLoad} from './action.js';

let metadata = null;

/** The metadata of OpenID Connect Discovery, which has the algorithms of tokens beside RFC 8414's; asked for once. */
export const serviceMetadata = () => {
  metadata ??= publicDocument('.well-known/openid-configuration').catch((e) => {
    metadata = null;
    throw e;
  });
  return metadata;
};

let audience = null;

const defaultAudience = async () => {
  audience ??= (await get('service')).body.audience;
  return audience;
};

/** The same, and the audience of tokens whose key names none. */
export const useServiceMetadata = () => useLoad(async () => {
  const [document, named] = await Promise.all([serviceMetadata(), defaultAudience()]);
  return {...document, audience: named};
}, '');
