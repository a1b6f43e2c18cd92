// Elements and components as plain functions: div({class: 'row'}, 'text'). Text is always a text node, never markup.
import {h} from './preact.js';

const isProps = (value) => value !== null && typeof value === 'object' && value.constructor === Object;

const maker = (type) => (first, ...rest) =>
  isProps(first) ? h(type, first, ...rest) : h(type, null, first, ...rest);

/** Any element by its name. */
export const tags = new Proxy({}, {get: (made, name) => (made[name] ??= maker(name))});

/** A component, to be called like an element. */
export const part = (component) => maker(component);
