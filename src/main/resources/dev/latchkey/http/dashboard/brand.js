// The name with its sign.
import {part, tags} from './tags.js';

const {span, svg, circle, path, rect, g} = tags;

export const Brand = part(function Brand() {
  return span({class: 'brand'},
    svg({viewBox: '0 0 32 32', 'aria-hidden': 'true'},
      rect({width: 32, height: 32, rx: 8}),
      g({fill: 'none', 'stroke-width': 2.6, 'stroke-linecap': 'round'},
        circle({cx: 11, cy: 16, r: 4.6}),
        path({d: 'M15.6 16H26M22 16v4.4'}))),
    'Latchkey');
});
