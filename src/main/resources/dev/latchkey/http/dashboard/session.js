// Who is signed in. One session per browser; everything that shows it subscribes, and other tabs follow.
import {useEffect, useState} from './hooks.js';
import {Problem, call, get, post, renewSessionWith, service} from './http.js';
import {noSession} from './no-session.js';
import {forgetVisits} from './visits.js';

const UNKNOWN = {known: false, user: null, renewal: null};

let state = UNKNOWN;
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

// Whether somebody signed in with this browser and did not sign out. The cookie cannot be read, and asking without one
// would leave a 401 in the console of everybody who comes for the first time. It changes with each sign-in.
const MARK = `latchkey.signed-in ${service.pathname}`;

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
      localStorage.setItem(MARK, `${Date.now()} ${Math.random()}`);
    } else {
      localStorage.removeItem(MARK);
    }
  } catch {
    // Without storage the page asks each time.
  }
};

const SIGN_IN_FIRST = 'Your session is over. Nothing was saved; try again to sign in.';

/** Takes this person for the one who is signed in. Calls that wait go on if they are the same; null = nobody. */
const enter = (user) => {
  const waiting = state.renewal;
  const same = user !== null && user.username === state.user?.username;
  if (user === null) {
    forgetVisits();
  }
  set({known: true, user, renewal: null});
  if (same) {
    waiting?.done();
  } else {
    waiting?.failed(new Problem(401, SIGN_IN_FIRST));
  }
};

/** Finds out whether somebody is signed in already. */
export async function find() {
  if (!mayBeSignedIn()) {
    enter(null);
    return;
  }
  try {
    const {body} = await get('session', {mayRenew: false});
    enter(body);
  } catch (e) {
    if (e.status !== 401) {
      throw e;
    }
    remember(false);
    enter(null);
  }
}

/** Nothing is known any more: of who was there, and of what they saw. */
export const forgetAll = () => set(UNKNOWN);

/** Another tab signed in or out. */
window.addEventListener('storage', ({key}) => {
  if (key !== null && key !== MARK) {
    return;
  }
  if (!mayBeSignedIn()) {
    enter(null);
  } else if (state.known) {
    find().catch(() => {});
  }
});

/** Signs in, and sees that the session works here. */
export async function signIn(username, password) {
  try {
    await post('session', {username, password}, {mayRenew: false});
  } catch (e) {
    throw e.status === 403 ? await noSession(e) : e;
  }
  try {
    const {body} = await get('session', {mayRenew: false});
    remember(true);
    enter(body);
  } catch (e) {
    throw e.status === 401 ? await noSession(e) : e;
  }
}

export async function signOut() {
  try {
    await call('DELETE', 'session', {mayRenew: false});
  } catch (e) {
    if (e.status !== 401) {
      throw e;
    }
  }
  remember(false);
  enter(null);
}

/** Lets the calls that wait for a sign-in fail; what was typed stays where it is. */
export function giveUpRenewal() {
  const waiting = state.renewal;
  set({renewal: null});
  waiting?.failed(new Problem(401, SIGN_IN_FIRST));
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
