// Form fields with a label, a hint, and the error that concerns them beside them.
import {useEffect, useId} from './hooks.js';
import {part, tags} from './tags.js';

const {div, label, input, textarea, p, select, option} = tags;

/** A labelled place for one control; `control` gets the attributes that tie label, hint and error to it. */
export const Field = part(function Field({label: text, hint, error, control}) {
  const id = useId();
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(' ');
  return div({class: 'field'},
    label({for: id}, text),
    control({
      id,
      'aria-describedby': described || undefined,
      'aria-invalid': error ? 'true' : undefined,
    }),
    error ? p({class: 'error', id: `${id}-error`}, error) : null,
    hint ? p({class: 'hint', id: `${id}-hint`}, hint) : null);
});

const control = (make) => part(function Control({label: text, hint, error, onChange, ...rest}) {
  return Field({
    label: text,
    hint,
    error,
    control: (ties) => make({...rest, ...ties}, (event) => onChange(event.target.value)),
  });
});

/** One line of text; `onChange` gets the text. */
export const TextField = control((attributes, onInput) =>
  input({type: 'text', dir: 'auto', autocomplete: 'off', spellcheck: false, ...attributes, onInput}));

/** Several lines of text. */
export const AreaField = control((attributes, onInput) => textarea({dir: 'auto', autocomplete: 'off', spellcheck: false, rows: 3, ...attributes, onInput}));

/** One of a few: `options` are [value, text]. */
export const ChoiceField = control(({options, value, ...attributes}, onChange) =>
  select({autocomplete: 'off', ...attributes, onChange}, options.map(([key, text]) => option({value: key, selected: key === value}, text))));

/** Moves the focus to the first field that is wrong, once a problem is shown inside of `place`. */
export function useErrorFocus(place, problem) {
  useEffect(() => {
    if (problem !== null) {
      place.current?.querySelector('[aria-invalid="true"]')?.focus();
    }
  }, [problem]);
}
