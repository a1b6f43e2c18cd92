// The other issuers whose tokens keys may trust.
import {useRef, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useAction, useLoad} from './action.js';
import {DeedDialog} from './dialog.js';
import {AreaField, TextField, useErrorFocus} from './field.js';
import {call, get, Problem, post} from './http.js';
import {errorOf, ProblemNote, say} from './notice.js';
import {isolated} from './text.js';
import {when} from './time.js';

const {div, h1, h2, p, form, section, table, thead, tbody, tr, th, td, caption, span, label, input} = tags;

const FIELDS = ['name', 'issuer', 'jwks_uri', 'jwks', 'audience', 'ca'];
const BLANK = {name: '', issuer: '', jwks_uri: '', jwks: '', audience: '', ca: '', single_use: false};

const path = (name) => `issuers/${encodeURIComponent(name)}`;

export const IssuerPage = part(function IssuerPage() {
  const {data, problem, loading, reload} = useLoad(async (signal) => {
    const {data: all} = (await get('issuers', {signal})).body;
    return Promise.all(all.map(async ({name}) => (await get(path(name), {signal})).body));
  }, '');
  const [removing, setRemoving] = useState(null);
  return div(
    h1('Trusted issuers'),
    p({class: 'lead'}, 'Platforms whose tokens a workload may show instead of a secret. A key says which of their subjects it trusts.'),
    ProblemNote({problem, onRetry: reload, busy: loading}),
    data === null ? (loading ? p({class: 'muted'}, 'Loading…') : null) : null,
    data !== null && data.length === 0 ? p({class: 'muted'}, 'No issuer is trusted yet.') : null,
    data !== null && data.length > 0 ? IssuerTable({issuers: data, onRemove: setRemoving}) : null,
    data === null ? null : AddIssuer({onAdded: reload}),
    removing === null ? null : DeedDialog({
      title: `Remove the issuer ${removing}?`, deed: 'Remove', danger: true, onClose: () => setRemoving(null),
      onDo: async () => {
        await call('DELETE', path(removing));
        say(`Removed the issuer ${removing}.`);
        setRemoving(null);
        reload();
      },
    }, p('Its tokens count no more. Keys that trust its subjects have to be changed first.')));
});

const state = ({jwks, fetch}) => {
  if (jwks !== null) {
    return 'given';
  }
  const failed = fetch.failed_at !== null && (fetch.fetched_at === null || Date.parse(fetch.failed_at) > Date.parse(fetch.fetched_at));
  return failed ? ['failed ', when(fetch.failed_at), ': ', isolated(fetch.failure)] : [when(fetch.fetched_at, 'never'), fetch.keys.length === 0 ? '' : ` (${fetch.keys.length} keys)`];
};

const IssuerTable = part(function IssuerTable({issuers, onRemove}) {
  return table({class: 'cards', role: 'table'},
    caption({class: 'unseen'}, 'Trusted issuers by name'),
    thead(tr({role: 'row'}, ['Name', 'Issuer', 'Keys fetched'].map((text) => th({scope: 'col', role: 'columnheader'}, text)),
      th({scope: 'col', role: 'columnheader'}, span({class: 'unseen'}, 'Remove')))),
    tbody(issuers.map((one) => tr({key: one.name, role: 'row'},
      td({role: 'cell', class: 'main'}, span({class: 'id strong'}, one.name)),
      td({role: 'cell', 'data-label': 'Issuer'}, isolated(one.issuer)),
      td({role: 'cell', 'data-label': 'Keys fetched'}, state(one)),
      td({role: 'cell', class: 'end'}, Button({kind: 'small', 'aria-label': `Remove ${one.name}`, onClick: () => onRemove(one.name)}, 'Remove'))))));
});

/** What was typed, as the API takes it. */
function fieldsOf(draft) {
  const fields = {name: draft.name.trim(), issuer: draft.issuer.trim(), single_use: draft.single_use};
  for (const name of ['jwks_uri', 'audience', 'ca']) {
    if (draft[name].trim() !== '') {
      fields[name] = draft[name].trim();
    }
  }
  if (draft.jwks.trim() !== '') {
    try {
      fields.jwks = JSON.parse(draft.jwks);
    } catch (e) {
      throw new Problem(422, 'Please correct what is marked.', [{field: 'jwks', message: `is not JSON: ${e.message}`}]);
    }
  }
  return fields;
}

const AddIssuer = part(function AddIssuer({onAdded}) {
  const own = useRef(null);
  const [draft, setDraft] = useState(BLANK);
  const action = useAction(async () => {
    const fields = fieldsOf(draft);
    await post('issuers', fields);
    say(`Trusts the issuer ${fields.name}.`);
    setDraft(BLANK);
    onAdded();
  });
  useErrorFocus(own, action.problem);
  const text = (name) => ({name, value: draft[name], onChange: (value) => setDraft((before) => ({...before, [name]: value})), error: errorOf(action.problem, name)});
  const submit = (event) => {
    event.preventDefault();
    action.run();
  };
  return section({class: 'card', 'aria-label': 'Trust an issuer'},
    h2('Trust an issuer'),
    form({ref: own, class: 'fields', onSubmit: submit, noValidate: true},
      TextField({label: 'Name', maxLength: 64, hint: 'What keys call it, such as “github”.', ...text('name')}),
      TextField({label: 'Issuer', hint: 'The iss of its tokens, exactly.', ...text('issuer')}),
      TextField({label: 'Audience (optional)', hint: 'The aud of its tokens; none means this service’s issuer.', ...text('audience')}),
      TextField({label: 'JWK Set URL (optional)', hint: 'Where its keys are, if not where its metadata says.', ...text('jwks_uri')}),
      AreaField({label: 'JWK Set (optional)', class: 'code', rows: 3, hint: 'The keys themselves, where they cannot be fetched.', ...text('jwks')}),
      AreaField({label: 'Private CA (optional)', class: 'code', rows: 3, hint: 'PEM certificates that its host is trusted by.', ...text('ca')}),
      label({class: 'choice'}, input({type: 'checkbox', name: 'single_use', checked: draft.single_use, onChange: (event) => setDraft({...draft, single_use: event.target.checked})}), span('Take each token once')),
      ProblemNote({problem: action.problem, shownFields: FIELDS}),
      div({class: 'buttons start'}, Button({kind: 'primary', type: 'submit', busy: action.busy}, 'Trust it'))));
});
