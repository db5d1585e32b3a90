/**
 * Evaluation of compiled rules in the user sessions of a lane; start at {@link
 * dev.tourmaline.engine.internal.drools.runtime.RuleEvaluator}.
 */
@NullMarked
package dev.tourmaline.engine.internal.drools.runtime;

import org.jspecify.annotations.NullMarked;
