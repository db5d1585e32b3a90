/**
 * The behaviours that the benchmarks look for, as rules; {@link
 * dev.tourmaline.benchmarks.behaviour.RuleGenerator} writes them.
 */
@NullMarked
package dev.tourmaline.benchmarks.behaviour;

import org.jspecify.annotations.NullMarked;
