// The lab of a stand-in: its clock, its faults, tokens to order, and what it was asked.
import {part, tags} from './tags.js';
import {LabClock} from './lab-clock.js';
import {LabFaults} from './lab-faults.js';
import {LabRequests} from './lab-requests.js';
import {LabToken} from './lab-token.js';

const {div, h1, p} = tags;

export const LabPage = part(function LabPage() {
  return div(
    h1('Lab'),
    p({class: 'lead'}, 'This service is a stand-in: here you move its clock, make it fail, and make tokens to order. Programs do the same at /dev.'),
    LabClock(),
    LabFaults(),
    LabToken(),
    LabRequests());
});
