// Where the person is: the part of the address behind #. A view may ask to be asked before it is left.
import {useLayoutEffect, useState} from './hooks.js';

let guard = null;
let shown = location.hash;
let steps = 0;

const listeners = new Set();

/** An address that somebody mistyped is none of ours, and no error. */
const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const parse = (hash) => {
  const [path, search = ''] = hash.replace(/^#\/?/, '').split('?');
  return {parts: path.split('/').map(decoded), search: new URLSearchParams(search), steps};
};

const tell = () => {
  shown = location.hash;
  listeners.forEach((listener) => listener(parse(shown)));
};

window.addEventListener('hashchange', () => {
  const wanted = location.hash;
  if (guard === null || wanted === shown) {
    steps += 1;
    tell();
    return;
  }
  history.pushState(null, '', shown === '' ? '#/' : shown);
  guard(() => go(wanted));
});

// A link to where the person is does nothing by itself; they want to see it anew.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (link !== null && plain && !event.defaultPrevented && link.hash === location.hash) {
    event.preventDefault();
    steps += 1;
    tell();
  }
});

window.addEventListener('beforeunload', (event) => {
  if (guard !== null) {
    event.preventDefault();
  }
});

/** {parts, search, steps} now; steps counts how often the person went somewhere, which replacing the address is not. */
export function useRoute() {
  const [route, update] = useState(() => parse(location.hash));
  // Before anything else happens: an effect comes after the first picture, and would miss where the person goes until then.
  useLayoutEffect(() => {
    listeners.add(update);
    return () => listeners.delete(update);
  }, []);
  return route;
}

/** Does what ends the view, such as signing out; a view that asked for it is asked first. */
export function leaving(end) {
  if (guard === null) {
    end();
  } else {
    guard(end);
  }
}

/** Goes there, whatever the guard says. */
export function go(hash) {
  guard = null;
  location.hash = hash;
}

/** Changes the address of the same view, without a step in the history. */
export function replace(hash) {
  history.replaceState(null, '', hash);
  tell();
}

/** While `active`, leaving calls `ask(leave)` instead. Closing the page asks too. */
export function useLeaveGuard(active, ask) {
  // From the moment on at which there is something to lose: an effect would come after it is shown.
  useLayoutEffect(() => {
    if (!active) {
      return undefined;
    }
    const own = (leave) => ask(() => leave);
    guard = own;
    return () => {
      if (guard === own) {
        guard = null;
      }
    };
  }, [active]);
}

export const href = (...parts) => `#/${parts.map(encodeURIComponent).join('/')}`;
