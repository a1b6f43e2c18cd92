// A token to order, checked against the JWK Set as a service would.
import {useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useAction} from './action.js';
import {Takeaway} from './copy.js';
import {AreaField, ChoiceField, TextField} from './field.js';
import {callLab, Problem, publicDocument} from './http.js';
import {ProblemNote} from './notice.js';
import {jsonText} from './text.js';
import {canVerify, verify} from './token.js';

const {section, h2, p, div, form} = tags;

const BREAKS = [
  ['', 'nothing: it is good'],
  ...['expired', 'not_yet_valid', 'wrong_audience', 'no_audience', 'wrong_issuer', 'unknown_kid', 'no_kid', 'bad_signature', 'alg_none',
    'hs256_with_public_key', 'wrong_typ', 'future_iat', 'missing_scope', 'no_exp', 'revoked', 'truncated'].map((name) => [name, name]),
];

const EMPTY = {as: '', sub: '', scope: '', aud: '', expires_in: '', claims: '', broken: ''};

const claimsOf = (text) => {
  try {
    return text.trim() === '' ? undefined : JSON.parse(text);
  } catch {
    throw new Problem(0, 'The claims are not a JSON object.');
  }
};

const orderOf = ({claims, broken, ...texts}) => ({
  ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
  ...(claimsOf(claims) === undefined ? {} : {claims: claimsOf(claims)}),
  ...(broken === '' ? {} : {break: broken}),
});

const verdictOf = async (token) => {
  if (!canVerify()) {
    return {valid: null, reason: 'Not verified here: browsers let pages check signatures on https and localhost only.'};
  }
  try {
    return await verify(token, await publicDocument('.well-known/jwks.json'));
  } catch (e) {
    return {valid: false, reason: e instanceof Problem ? e.message : 'The text is no token.'};
  }
};

export const LabToken = part(function LabToken() {
  const [order, setOrder] = useState(EMPTY);
  const [made, setMade] = useState(null);
  const action = useAction(async () => {
    const answer = await callLab('POST', 'tokens', {json: orderOf(order)});
    setMade({...answer, verdict: await verdictOf(answer.access_token)});
  });
  const field = (name, label, hint) => TextField({label, hint, value: order[name], onChange: (value) => setOrder((before) => ({...before, [name]: value}))});
  const submit = (event) => {
    event.preventDefault();
    action.run();
  };
  return section({class: 'card', 'aria-labelledby': 'lab-token'},
    h2({id: 'lab-token'}, 'A token to order'),
    p({class: 'muted'}, 'Nothing need be filled in.'),
    form({class: 'fields', onSubmit: submit},
      div({class: 'row'},
        field('as', 'As', 'A persona of the seed, github or kubernetes'),
        field('sub', 'Subject'),
        field('scope', 'Scopes', 'With blanks between')),
      div({class: 'row'},
        field('aud', 'Audience'),
        field('expires_in', 'Lives for', 'Such as 90s or 2h'),
        ChoiceField({label: 'What is wrong with it', options: BREAKS, value: order.broken, onChange: (broken) => setOrder((before) => ({...before, broken}))})),
      AreaField({label: 'Claims', hint: 'A JSON object', value: order.claims, onChange: (claims) => setOrder((before) => ({...before, claims}))}),
      ProblemNote({problem: action.problem}),
      div({class: 'buttons start'}, Button({type: 'submit', kind: 'primary', busy: action.busy}, 'Make the token'))),
    div({'aria-live': 'polite'}, made === null ? null : Made(made)));
});

const Made = part(function Made({access_token: token, header, claims, verdict}) {
  const kind = verdict.valid === true ? 'good' : verdict.valid === false ? 'bad' : '';
  return div({class: 'token'},
    p({class: `note ${kind} verdict`}, verdict.reason),
    Takeaway({title: 'Made token', what: 'token', text: token}),
    Takeaway({title: 'Header', what: 'header', text: jsonText(header)}),
    Takeaway({title: 'Claims', what: 'claims', text: jsonText(claims)}));
});
