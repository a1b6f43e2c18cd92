// Where the person was in the lists, for this tab: it outlives a reload, and ends when they sign out.

const LIST = 'latchkey.list';
const NEWER = 'latchkey.newer';
const MOST_PAGES = 500;

const read = (name, otherwise) => {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
};

const write = (name, value) => {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Without storage the ways back lead to the first page of the whole list.
  }
};

/** The list of keys as it was seen last: its search, its filter, its page. */
export const keyList = () => read(LIST, '#/keys');

export const keepKeyList = (hash) => write(LIST, hash);

/** The page from which the person came to this one; undefined where they came from elsewhere. */
export const newerThan = (hash) => Object.fromEntries(read(NEWER, []))[hash];

/** Keeps that `older` follows `newer`. */
export const keepOrder = (newer, older) =>
  write(NEWER, [...read(NEWER, []).filter(([hash]) => hash !== older), [older, newer]].slice(-MOST_PAGES));

export function forgetVisits() {
  try {
    sessionStorage.removeItem(LIST);
    sessionStorage.removeItem(NEWER);
  } catch {
    // Nothing was kept.
  }
}
