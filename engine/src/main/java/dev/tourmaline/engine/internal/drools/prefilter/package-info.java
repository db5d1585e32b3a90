/**
 * Which rules could take a fact, told without Drools; start at {@link
 * dev.tourmaline.engine.internal.drools.prefilter.RulePrefilter}.
 */
@NullMarked
package dev.tourmaline.engine.internal.drools.prefilter;

import org.jspecify.annotations.NullMarked;
