// What all long lists have: a text to search for, and pages.
import {useEffect, useRef, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {keepOrder, newerThan} from './visits.js';

const {nav, a, span} = tags;

const TYPING_MS = 200;

/**
 * {text, type, settle}: a text that is asked for when the typing pauses. `asked` is what the list shows now, `ask` asks for
 * another text. Whoever asks for the text together with something else calls settle, so that it is not asked for again.
 */
export function useTyped(asked, ask) {
  const [text, type] = useState(asked);
  const last = useRef(asked);
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    if (asked !== last.current) {
      last.current = asked;
      type(asked);
    }
  }, [asked]);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (text !== last.current) {
        last.current = text;
        latest.current(text);
      }
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const settle = () => {
    last.current = text;
  };
  return {text, type, settle};
}

/** The ways to the pages beside this one. `here` and `first` are addresses, `next` is one or null; `byAge`: newest first. */
export const Pages = part(function Pages({here, first, next, byAge = true}) {
  if (here === first && next === null) {
    return null;
  }
  const newer = newerThan(here);
  const [top, back, on] = byAge ? ['← Newest', '← Newer', 'Older →'] : ['← First', '← Previous', 'Next →'];
  return nav({class: 'pages', 'aria-label': 'Pages'},
    here === first ? span() : a({class: 'button', href: newer ?? first}, newer === undefined ? top : back),
    next === null ? span() : a({class: 'button', href: next, onClick: () => keepOrder(here, next)}, on));
});
