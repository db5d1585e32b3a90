/**
 * From rule texts to a Drools knowledge base; start at {@link
 * dev.tourmaline.engine.internal.drools.RuleCompiler}.
 */
@NullMarked
package dev.tourmaline.engine.internal.drools;

import org.jspecify.annotations.NullMarked;
