// Copying text.
import {useEffect, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button} from './action.js';
import {say} from './notice.js';

const {div, pre, code, span} = tags;

const COPIED_MS = 2000;

/** The Clipboard API is there on https and localhost only; elsewhere the old way has to do. */
async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'unseen';
  const parent = document.querySelector('dialog[open]') ?? document.body;
  parent.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) {
    throw new Error('not copied');
  }
}

/** Copies `text`; `what` names it. */
export const CopyButton = part(function CopyButton({text, what, onCopied}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const timer = copied ? setTimeout(() => setCopied(false), COPIED_MS) : null;
    return () => clearTimeout(timer);
  }, [copied]);
  const click = async (event) => {
    const own = event.currentTarget;
    try {
      await copy(text);
      setCopied(true);
      say(`Copied the ${what}.`);
      onCopied?.();
    } catch {
      say('The browser did not let the page copy. Select the text and copy it yourself.');
    }
    own.focus();
  };
  return Button({kind: 'small', onClick: click, 'aria-label': `Copy the ${what}`}, copied ? 'Copied' : 'Copy');
});

/** A text to be taken away: what it is, the text, and a button that copies it. The lines of a program are not broken. */
export const Takeaway = part(function Takeaway({title, what, text, program, onCopied}) {
  return div({class: 'takeaway'},
    div({class: 'takeaway-head'}, span(title), CopyButton({text, what, onCopied})),
    pre({class: program ? 'program' : undefined, tabIndex: 0, role: 'group', 'aria-label': title}, code(text)));
});
