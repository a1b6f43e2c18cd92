// Editing a key. Only what was changed is sent, and only if nobody else changed the key meanwhile.
import {useEffect, useRef, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useAction, useLoad} from './action.js';
import {Conflict} from './conflict.js';
import {useErrorFocus} from './field.js';
import {call, get, Problem} from './http.js';
import {chosenOf, draftOf, mergePatch, same, settingsOf} from './key-draft.js';
import {FIELDS, KeyFields} from './key-form.js';
import {LeaveDialog} from './leave.js';
import {ProblemNote, say} from './notice.js';
import {go, href, useLeaveGuard} from './route.js';
import {useCatalogue} from './scope-picker.js';
import {isolated} from './text.js';
import {keyList} from './visits.js';

const {div, h1, form, a, p} = tags;

const keyPath = (id) => `keys/${encodeURIComponent(id)}`;

export const KeyEdit = part(function KeyEdit({id, user}) {
  const catalogue = useCatalogue();
  const [base, setBase] = useState(null);
  const {data, problem, loading, reload} = useLoad((signal) => get(keyPath(id), {signal}), id);
  useEffect(() => {
    if (data !== null && base === null) {
      setBase(data);
    }
  }, [data]);
  return div(
    p({class: 'trail'}, a({href: keyList()}, 'Access keys'), ' / ', a({href: href('keys', id)}, isolated(base?.body.name ?? id))),
    h1('Edit the key'),
    base === null ? ProblemNote({problem, onRetry: reload, busy: loading}) : null,
    base !== null && catalogue.settled ? EditForm({base, setBase, user, catalogue}) : (problem === null ? p({class: 'muted'}, 'Loading…') : null));
});

/** jwks is one value to the API; claims merge. */
const patchOf = (key, settings) => {
  const before = chosenOf(key);
  const patch = mergePatch(before, settings);
  return 'jwks' in patch ? {...patch, jwks: settings.jwks} : patch;
};

const EditForm = part(function EditForm({base, setBase, user, catalogue}) {
  const own = useRef(null);
  const [draft, setDraft] = useState(() => draftOf(base.body));
  const [round, setRound] = useState(0);
  const [theirs, setTheirs] = useState(null);
  const [leave, setLeave] = useState(null);
  const {id, name} = base.body;
  const read = () => {
    const {settings, errors} = settingsOf(draft);
    if (errors.length > 0) {
      throw new Problem(422, 'Please correct what is marked.', errors);
    }
    return settings;
  };
  const send = async (seen, settings) => {
    const json = patchOf(seen.body, settings);
    if (Object.keys(json).length > 0) {
      await call('PATCH', keyPath(id), {json, headers: {'If-Match': seen.etag}});
    }
    say('Saved “', isolated(settings.name), '”.');
    go(href('keys', id));
  };
  const save = useAction(async () => {
    try {
      await send(base, read());
    } catch (e) {
      if (e.status !== 412) {
        throw e;
      }
      const now = await get(keyPath(id));
      if (now.body.updated_at === base.body.updated_at && same(chosenOf(now.body), chosenOf(base.body))) {
        // Nobody did: something on the way changed the entity tag.
        await send(now, read());
      } else {
        setTheirs(now);
      }
    }
  });
  useErrorFocus(own, save.problem);
  useLeaveGuard(!same(draft, draftOf(base.body)), setLeave);
  const chosen = (settings) => {
    setBase(theirs);
    setDraft(draftOf({...theirs.body, ...settings}));
    setRound(round + 1);
    setTheirs(null);
  };
  const submit = (event) => {
    event.preventDefault();
    save.run();
  };
  return div(
    form({ref: own, class: 'card', onSubmit: submit, noValidate: true},
      KeyFields({key: round, draft, onChange: (change) => setDraft((now) => ({...now, ...change})), problem: save.problem, user, catalogue}),
      ProblemNote({problem: save.problem, shownFields: FIELDS}),
      div({class: 'buttons'},
        a({class: 'button', href: href('keys', id)}, 'Cancel'),
        Button({type: 'submit', kind: 'primary', busy: save.busy}, 'Save'))),
    theirs === null ? null : Conflict({
      base: chosenOf(base.body), mine: settingsOf(draft).settings, theirs: chosenOf(theirs.body),
      onChosen: chosen, onClose: () => setTheirs(null),
    }),
    leave === null ? null : LeaveDialog({
      text: ['Your changes to “', isolated(name), '” are not saved.'], deed: 'Leave without saving', onDo: leave, onClose: () => setLeave(null),
    }));
});
