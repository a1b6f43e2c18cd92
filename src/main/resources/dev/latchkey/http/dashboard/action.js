// Things that take a while: they are busy meanwhile, and say what went wrong.
import {useEffect, useRef, useState} from './hooks.js';
import {part, tags} from './tags.js';
import {useRoute} from './route.js';

const {button, span} = tags;

const useMounted = () => {
  const mounted = useRef(true);
  useEffect(() => () => {
    mounted.current = false;
  }, []);
  return mounted;
};

/** {run, busy, problem}: run does it unless it is being done; what it throws becomes the problem. */
export function useAction(deed) {
  const [state, setState] = useState({busy: false, problem: null});
  const busy = useRef(false);
  const mounted = useMounted();
  const run = async (...given) => {
    if (busy.current) {
      return;
    }
    busy.current = true;
    setState({busy: true, problem: null});
    let problem = null;
    try {
      await deed(...given);
    } catch (e) {
      problem = e;
    }
    busy.current = false;
    if (mounted.current) {
      setState({busy: false, problem});
    }
  };
  return {run, ...state};
}

/**
 * What had the focus may be gone when `data` changes, such as the row of something removed, or when a problem is over, such
 * as the button that tried again; the view has it then.
 */
export const useFocusKept = (data, problem = null) => {
  const seen = useRef(false);
  useEffect(() => {
    if (seen.current && document.activeElement === document.body) {
      document.getElementById('content')?.focus({preventScroll: true});
    }
    seen.current = data !== null || problem !== null;
  }, [data, problem]);
};

/**
 * {data, problem, loading, settled, reload}: what `load(signal)` answers; asked again when `key` changes, and when the person
 * goes to where they are. Late answers count for nothing. After a problem there is only data of the same key. `settled`: there
 * is one of the two to show; what stands below it would move when it comes.
 */
export function useLoad(load, key) {
  const [state, setState] = useState({data: null, problem: null, loading: true, key});
  const [turn, setTurn] = useState(0);
  const {steps} = useRoute();
  useEffect(() => {
    const controller = new AbortController();
    setState((before) => ({...before, loading: true}));
    load(controller.signal).then(
      (data) => controller.signal.aborted || setState({data, problem: null, loading: false, key}),
      (problem) => controller.signal.aborted || setState((before) => ({
        data: before.key === key ? before.data : null, problem, loading: false, key,
      })));
    return () => controller.abort();
  }, [key, turn, steps]);
  useFocusKept(state.data, state.problem);
  return {...state, settled: state.data !== null || state.problem !== null, reload: () => setTurn((before) => before + 1)};
}

/** A button that keeps the focus while it is busy or off. */
export const Button = part(function Button({kind = '', type = 'button', busy = false, off = false, onClick, children, ...rest}) {
  const click = (event) => {
    if (busy || off) {
      event.preventDefault();
    } else {
      onClick?.(event);
    }
  };
  return button(
    {type, class: `button ${kind}`, 'aria-disabled': busy || off ? 'true' : undefined, 'aria-busy': busy ? 'true' : undefined, onClick: click, ...rest},
    busy ? span({class: 'spinner', 'aria-hidden': 'true'}) : null,
    children);
});
