// Starts the page.
import {render} from './preact.js';
import {useEffect} from './hooks.js';
import {part, tags} from './tags.js';
import {useAction} from './action.js';
import {ProblemNote} from './notice.js';
import {SignInPage} from './sign-in.js';
import {Shell} from './shell.js';
import {find, useSession} from './session.js';

const {p, div} = tags;

const App = part(function App() {
  const {known, user} = useSession();
  const start = useAction(find);
  useEffect(() => {
    start.run();
  }, []);
  if (start.problem) {
    return div({class: 'starting'}, ProblemNote({problem: start.problem}));
  }
  if (!known) {
    return p({class: 'starting'}, 'Latchkey is starting…');
  }
  return user === null ? SignInPage() : Shell({user});
});

const place = document.getElementById('app');
place.replaceChildren();
render(App(), place);
