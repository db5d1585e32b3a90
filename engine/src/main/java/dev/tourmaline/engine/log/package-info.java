/**
 * Log lines that others can neither multiply nor forge: {@link
 * dev.tourmaline.engine.log.ThrottledLog} lets through a few of a kind and counts the others,
 * {@link dev.tourmaline.engine.log.OneLine} keeps a text within its line.
 */
@NullMarked
package dev.tourmaline.engine.log;

import org.jspecify.annotations.NullMarked;
