// The frame around every view: where one can go, who one is, and the view itself.
import {useEffect, useRef, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {Button, useAction} from './action.js';
import {Brand} from './brand.js';
import {fetchAhead, lazy} from './lazy.js';
import {may} from './may.js';
import {Notices, ProblemNote} from './notice.js';
import {href, leaving, useRoute} from './route.js';
import {SignInAgain} from './sign-in.js';
import {signOut, useSession} from './session.js';
import {isolated} from './text.js';
import {KeyList} from './key-list.js';

const {div, header, nav, a, main, span, h1, p} = tags;

const KeyCreate = lazy(() => import('./key-create.js'), 'KeyCreate');
const KeyPage = lazy(() => import('./key-page.js'), 'KeyPage');
const KeyEdit = lazy(() => import('./key-edit.js'), 'KeyEdit');
const ScopePage = lazy(() => import('./scope-page.js'), 'ScopePage');
const UserPage = lazy(() => import('./user-page.js'), 'UserPage');
const SigningKeyPage = lazy(() => import('./signing-key-page.js'), 'SigningKeyPage');
const IssuerPage = lazy(() => import('./issuer-page.js'), 'IssuerPage');
const AuditPage = lazy(() => import('./audit-page.js'), 'AuditPage');
const ServicePage = lazy(() => import('./service-page.js'), 'ServicePage');
const AccountPage = lazy(() => import('./account-page.js'), 'AccountPage');
const LabPage = lazy(() => import('./lab-page.js'), 'LabPage');

/** What this service has beside what every one has. */
const extras = document.getElementById('app').dataset.pages?.split(' ') ?? [];

const PLACES = [
  ['keys', 'Access keys', null],
  ['scopes', 'Scopes', null],
  ['users', 'Users', 'viewUsers'],
  ['signing-keys', 'Signing keys', 'manageSigningKeys'],
  ['issuers', 'Issuers', 'manageIssuers'],
  ['audit', 'Audit', 'viewAudit'],
  ['service', 'Service', null],
  ...(extras.includes('lab') ? [['lab', 'Lab', null]] : []),
  ['account', 'Your account', null],
];

const placesFor = (user) => PLACES.filter(([, , deed]) => deed === null || may(user, deed));

/** The view for an address; null where there is none, or none for this person. */
function viewOf({parts: [place = '', id, deed], search}, user) {
  if (place === '' || (place === 'keys' && id === undefined)) {
    return KeyList({user, search});
  }
  if (!placesFor(user).some(([name]) => name === place)) {
    return null;
  }
  if (place === 'keys') {
    if (id === 'new') {
      const like = search.get('like') ?? '';
      return KeyCreate({user, like, key: like});
    }
    if (deed === 'edit') {
      return may(user, 'changeKeys') ? KeyEdit({id, user, key: id}) : null;
    }
    return KeyPage({id, user, key: id});
  }
  return {scopes: ScopePage, users: UserPage, 'signing-keys': SigningKeyPage, issuers: IssuerPage, audit: AuditPage, service: ServicePage, account: AccountPage, lab: LabPage}[place]({user, search});
}

const Nowhere = part(function Nowhere() {
  return div(h1('Not here'), p('There is no such page, or not in your role. ', a({href: href('keys')}, 'Go to the access keys')));
});

/** Whoever goes to another view or page of a list begins at its top, with the focus there. */
const useHeadingFocus = (steps) => {
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      window.scrollTo(0, 0);
      document.getElementById('content').focus({preventScroll: true});
    }
    first.current = false;
  }, [steps]);
};

const CLOCK_MS = 30000;

/** Draws everything again now and then, so that "just now" does not stay so. */
const useClock = () => {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((before) => before + 1), CLOCK_MS);
    return () => clearInterval(timer);
  }, []);
};

export const Shell = part(function Shell({user}) {
  const route = useRoute();
  const {renewal} = useSession();
  const ending = useAction(signOut);
  const here = route.parts[0] || 'keys';
  useHeadingFocus(route.steps);
  useClock();
  useEffect(fetchAhead, []);
  useEffect(() => {
    document.title = `${PLACES.find(([name]) => name === here)?.[1] ?? 'Not here'} · Latchkey`;
  }, [here]);
  return div({class: 'shell'},
    a({class: 'skip', href: '#content', onClick: skip}, 'Skip to the content'),
    header(
      div({class: 'bar'},
        a({class: 'home', href: href('keys')}, Brand()),
        div({class: 'who'},
          a({class: 'who-name', href: href('account'), 'aria-current': here === 'account' ? 'page' : undefined},
            span({class: 'unseen'}, 'Your account: '), isolated(user.username)),
          span({class: 'badge'}, user.role),
          Button({kind: 'small quiet', busy: ending.busy, onClick: () => leaving(ending.run)}, 'Sign out'))),
      nav({'aria-label': 'Places'},
        placesFor(user).filter(([name]) => name !== 'account').map(([name, text]) =>
          a({href: href(name), 'aria-current': name === here ? 'page' : undefined}, text)))),
    main({id: 'content', tabIndex: -1},
      ProblemNote({problem: ending.problem}),
      viewOf(route, user) ?? Nowhere()),
    Notices(),
    renewal === null ? null : SignInAgain({username: user.username}));
});

const skip = (event) => {
  event.preventDefault();
  document.getElementById('content').focus();
};
