// Who is signed in. One session per page; everything that shows it subscribes.
import {useEffect, useState} from './hooks.js';
import {Problem, call, get, post, renewSessionWith} from './http.js';

let state = {known: false, user: null, renewal: null};
const listeners = new Set();

const set = (change) => {
  state = {...state, ...change};
  listeners.forEach((listener) => listener(state));
};

/** {known, user, renewal}: user is null while nobody is signed in; renewal is there while a call waits for a sign-in. */
export function useSession() {
  const [current, update] = useState(state);
  useEffect(() => {
    listeners.add(update);
    update(state);
    return () => listeners.delete(update);
  }, []);
  return current;
}

/** The signed-in person; null = nobody. */
export const currentUser = () => state.user;

// Whether somebody signed in with this browser and did not sign out. The cookie cannot be read, and asking without one
// would leave a 401 in the console of everybody who comes for the first time.
const MARK = 'latchkey.signed-in';

const mayBeSignedIn = () => {
  try {
    return localStorage.getItem(MARK) !== null;
  } catch {
    return true;
  }
};

const remember = (signedIn) => {
  try {
    if (signedIn) {
      localStorage.setItem(MARK, 'yes');
    } else {
      localStorage.removeItem(MARK);
    }
  } catch {
    // Without storage the page asks each time.
  }
};

/** Finds out whether somebody is signed in already. */
export async function find() {
  if (!mayBeSignedIn()) {
    set({known: true, user: null});
    return;
  }
  try {
    const {body} = await get('session', {mayRenew: false});
    set({known: true, user: body});
  } catch (e) {
    if (!(e instanceof Problem) || e.status !== 401) {
      throw e;
    }
    remember(false);
    set({known: true, user: null});
  }
}

export async function signIn(username, password) {
  const {body} = await post('session', {username, password}, {mayRenew: false});
  const waiting = state.renewal;
  remember(true);
  set({user: body, renewal: null});
  waiting?.done();
}

export async function signOut() {
  try {
    await call('DELETE', 'session', {mayRenew: false});
  } catch (e) {
    if (!(e instanceof Problem) || e.status !== 401) {
      throw e;
    }
  }
  remember(false);
  set({user: null, renewal: null});
}

/** Lets the calls that wait for a sign-in fail; what was typed stays where it is. */
export function giveUpRenewal() {
  const waiting = state.renewal;
  set({renewal: null});
  waiting?.failed(new Problem(401, 'Your session is over. Nothing was saved; try again to sign in.'));
}

/** Several calls may find the session over at once; they wait for one sign-in. */
renewSessionWith(() => {
  if (state.user === null) {
    return Promise.reject(new Problem(401, 'Sign in first.'));
  }
  if (state.renewal === null) {
    let done;
    let failed;
    const promise = new Promise((resolve, reject) => {
      done = resolve;
      failed = reject;
    });
    set({renewal: {promise, done, failed}});
  }
  return state.renewal.promise;
});
