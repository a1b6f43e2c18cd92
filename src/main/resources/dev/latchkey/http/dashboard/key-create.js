// Creating a key, and what to do with it right after.
import {useRef, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useAction, useFocusKept, useLoad} from './action.js';
import {useErrorFocus} from './field.js';
import {get, post, Problem} from './http.js';
import {blankDraft, draftLike, same, settingsOf} from './key-draft.js';
import {KeyFields, NEW_FIELDS} from './key-form.js';
import {LeaveDialog} from './leave.js';
import {ProblemNote, say} from './notice.js';
import {go, href, useLeaveGuard} from './route.js';
import {useCatalogue} from './scope-picker.js';
import {SecretPanel} from './secret-panel.js';
import {isolated} from './text.js';
import {keyList} from './visits.js';

const {div, h1, form, a, p} = tags;

/** `like`: the id of a key whose settings the new one begins with; empty = it begins blank. */
export const KeyCreate = part(function KeyCreate({user, like}) {
  const model = useLoad(async (signal) => (like === '' ? null : (await get(`keys/${encodeURIComponent(like)}`, {signal})).body), like);
  const catalogue = useCatalogue();
  const [created, setCreated] = useState(null);
  useFocusKept(created);
  const another = () => {
    window.scrollTo(0, 0);
    setCreated(null);
  };
  if (created !== null) {
    return Created({created, onAnother: another});
  }
  if (!catalogue.settled || (like !== '' && model.data === null)) {
    return div(h1('Create a key'), ProblemNote({problem: model.problem, onRetry: model.reload, busy: model.loading}), model.problem === null ? p({class: 'muted'}, 'Loading…') : null);
  }
  return CreateForm({user, catalogue, model: model.data, onCreated: setCreated});
});

const CreateForm = part(function CreateForm({user, catalogue, model, onCreated}) {
  const own = useRef(null);
  const [begun] = useState(() => (model === null ? blankDraft() : draftLike(model, user)));
  const [draft, setDraft] = useState(begun);
  const [leave, setLeave] = useState(null);
  const action = useAction(async () => {
    const {settings, errors} = settingsOf(draft);
    if (errors.length > 0) {
      throw new Problem(422, 'Please correct what is marked.', errors);
    }
    const {body} = await post('keys', draft.withoutSecret ? {...settings, secret: false} : settings);
    if (draft.withoutSecret) {
      say('“', isolated(body.name), '” is created.');
      go(href('keys', body.id));
    } else {
      onCreated(body);
    }
  });
  useErrorFocus(own, action.problem);
  useLeaveGuard(!same(draft, begun), setLeave);
  const submit = (event) => {
    event.preventDefault();
    action.run();
  };
  return div(
    model === null ? h1('Create a key') : h1('Create a key like “', isolated(model.name), '”'),
    form({ref: own, class: 'card', onSubmit: submit, noValidate: true},
      KeyFields({draft, onChange: (change) => setDraft((now) => ({...now, ...change})), problem: action.problem, user, catalogue}),
      ProblemNote({problem: action.problem, shownFields: NEW_FIELDS}),
      div({class: 'buttons'},
        a({class: 'button', href: keyList()}, 'Cancel'),
        Button({type: 'submit', kind: 'primary', busy: action.busy}, 'Create key'))),
    leave === null ? null : LeaveDialog({
      text: 'What you typed is not saved.', deed: 'Leave without creating the key', onDo: leave, onClose: () => setLeave(null),
    }));
});

const Created = part(function Created({created, onAnother}) {
  const [copied, setCopied] = useState(false);
  const [leave, setLeave] = useState(null);
  useLeaveGuard(!copied, setLeave);
  return div(
    h1('“', isolated(created.name), '” is ready'),
    SecretPanel({accessKey: created, secret: created.secret, onCopied: () => setCopied(true)}),
    div({class: 'buttons start'},
      a({class: 'button primary', href: href('keys', created.id)}, 'Done, show the key'),
      copied ? Button({onClick: onAnother}, 'Create another') : null),
    leave === null ? null : LeaveDialog({
      text: 'The secret has not been copied here, and it is not shown again. Without it the key is of no use until it is rotated.',
      deed: 'Leave anyway', onDo: leave, onClose: () => setLeave(null),
    }));
});
