// Dialogs in front of the page. The browser keeps the focus inside and gives it back afterwards.
import {useId, useLayoutEffect, useRef} from './hooks.js';
import {part, tags} from './tags.js';
import {ProblemNote} from './notice.js';
import {Button, useAction} from './action.js';
import {useErrorFocus} from './field.js';

const {dialog, h2, div, form} = tags;

/** A dialog that is open as long as it is there. */
export const Dialog = part(function Dialog({title, onClose, wide, children}) {
  const element = useRef(null);
  const open = useRef(true);
  const titleId = useId();
  useLayoutEffect(() => {
    const shown = element.current;
    const opener = document.activeElement;
    shown.showModal();
    return () => {
      open.current = false;
      shown.close();
      if (opener !== null && opener.isConnected) {
        opener.focus();
      }
    };
  }, []);
  const close = (event) => {
    event.preventDefault();
    if (open.current && event.target === element.current) {
      onClose();
    }
  };
  return dialog(
    {ref: element, 'aria-labelledby': titleId, class: wide ? 'wide' : '', onCancel: close, onClose: close},
    h2({id: titleId}, title),
    children);
});

/** A dialog that does one thing: what it is about, Cancel, and a button that names the deed. */
export const DeedDialog = part(function DeedDialog({title, deed, danger, wide, ready = true, onDo, onClose, children}) {
  const action = useAction(onDo);
  const own = useRef(null);
  useErrorFocus(own, action.problem);
  const submit = (event) => {
    event.preventDefault();
    if (ready) {
      action.run();
    }
  };
  return Dialog({title, wide, onClose},
    form({ref: own, onSubmit: submit, noValidate: true},
      typeof children === 'function' ? children(action.problem) : children,
      ProblemNote({problem: action.problem}),
      div({class: 'buttons'},
        Button({onClick: onClose}, 'Cancel'),
        Button({type: 'submit', kind: danger ? 'danger' : 'primary', busy: action.busy, off: !ready}, deed))));
});
