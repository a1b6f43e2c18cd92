// Asking before something is lost.
import {part, tags} from './tags.js';
import {DeedDialog} from './dialog.js';

const {p} = tags;

export const LeaveDialog = part(function LeaveDialog({text, deed, onDo, onClose}) {
  const leave = async () => {
    onClose();
    onDo();
  };
  return DeedDialog({title: 'Leave this page?', deed, danger: true, onDo: leave, onClose}, p(text));
});
