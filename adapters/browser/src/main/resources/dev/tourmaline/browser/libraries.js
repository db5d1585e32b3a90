import { driverTours } from './libraries/driver.js';
import { introTours } from './libraries/intro.js';
import { shepherdTours } from './libraries/shepherd.js';

/** Ready-made start functions for tours that the page holds itself, by their ids. */
export const tours = { driver: driverTours, shepherd: shepherdTours, intro: introTours };
