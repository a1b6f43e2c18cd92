// Starts the page.
import {render} from './preact.js';
import {useEffect} from './hooks.js';
import {part, tags} from './tags.js';
import {useAction} from './action.js';
import {ProblemNote} from './notice.js';
import {SignInPage} from './sign-in.js';
import {Shell} from './shell.js';
import {find, forgetAll, useSession} from './session.js';

const {p, div} = tags;

const App = part(function App() {
  const {known, user} = useSession();
  const start = useAction(find);
  useEffect(() => {
    start.run();
  }, []);
  if (start.problem) {
    return div({class: 'starting'}, ProblemNote({problem: start.problem, onRetry: start.run}));
  }
  if (!known) {
    return p({class: 'starting'}, 'Latchkey is starting…');
  }
  return user === null ? SignInPage() : Shell({user, key: user.username});
});

const place = document.getElementById('app');

// A browser may keep a page that is left, to show it again as it was when the person comes back, whoever that is by then.
// A secret or a password that stands on it must not come back: the page is taken down, and starts anew.
window.addEventListener('pagehide', () => {
  render(null, place);
  forgetAll();
});
window.addEventListener('pageshow', ({persisted}) => {
  if (persisted) {
    render(App(), place);
  }
});

place.replaceChildren();
render(App(), place);
