// "Try it": a real token for a key whose secret is at hand, looked into and verified right here.
import {useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useAction} from './action.js';
import {Takeaway} from './copy.js';
import {publicDocument, requestToken} from './http.js';
import {ProblemNote} from './notice.js';
import {duration} from './time.js';
import {jsonText} from './text.js';
import {canVerify, decode, verify} from './token.js';

const {div, p} = tags;

const UNVERIFIED = {
  valid: null,
  reason: 'Not verified here: browsers let pages check signatures on https and localhost only. Your services verify it all the same.',
};

export const TryIt = part(function TryIt({id, secret}) {
  const [answer, setAnswer] = useState(null);
  const action = useAction(async () => {
    const {access_token: token, expires_in: lifetime} = await requestToken(id, secret);
    const verdict = canVerify() ? await verify(token, await publicDocument('.well-known/jwks.json')) : UNVERIFIED;
    setAnswer({token, lifetime, verdict, ...decode(token)});
  });
  return div({class: 'try-it'},
    div({class: 'buttons start'},
      Button({busy: action.busy, onClick: () => action.run()}, answer === null ? 'Try it here' : 'Get another token')),
    ProblemNote({problem: action.problem}),
    div({'aria-live': 'polite'}, answer === null ? null : Answer(answer)));
});

const Answer = part(function Answer({token, lifetime, verdict, header, claims}) {
  const kind = verdict.valid === true ? 'good' : verdict.valid === false ? 'bad' : '';
  return div({class: 'token'},
    p({class: `note ${kind} verdict`}, verdict.reason),
    p(`The token works for ${duration(lifetime)}.`),
    Takeaway({title: 'Access token', what: 'access token', text: token}),
    Takeaway({title: 'Header', what: 'header', text: jsonText(header)}),
    Takeaway({title: 'Claims', what: 'claims', text: jsonText(claims)}));
});
