// What the service says about itself: its issuer and the URLs that others use.
import {publicDocument} from './http.js';
import {useLoad} from './action.js';

let metadata = null;

/** The metadata of RFC 8414, asked for once. */
export const serviceMetadata = () => {
  metadata ??= publicDocument('.well-known/oauth-authorization-server').catch((e) => {
    metadata = null;
    throw e;
  });
  return metadata;
};

export const useServiceMetadata = () => useLoad(serviceMetadata, '');
