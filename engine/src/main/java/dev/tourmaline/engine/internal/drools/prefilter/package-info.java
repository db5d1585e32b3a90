/**
 * A conservative filter in front of Drools: which rules could match a fact; start at {@link
 * dev.tourmaline.engine.internal.drools.prefilter.RulePrefilter}.
 */
@NullMarked
package dev.tourmaline.engine.internal.drools.prefilter;

import org.jspecify.annotations.NullMarked;
