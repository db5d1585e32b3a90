/**
 * From rule texts to compiled rules or all that is wrong with them; start at {@link
 * dev.tourmaline.engine.internal.drools.compile.RuleCompiler}.
 */
@NullMarked
package dev.tourmaline.engine.internal.drools.compile;

import org.jspecify.annotations.NullMarked;
