/**
 * The compiler of rule sources: linting, rewriting, compilation by Drools, and its cache; start at
 * {@link dev.tourmaline.engine.internal.drools.compile.RuleCompiler}.
 */
@NullMarked
package dev.tourmaline.engine.internal.drools.compile;

import org.jspecify.annotations.NullMarked;
