/**
 * What a compiled rule is, and how the constraints of its patterns read; start at {@link
 * dev.tourmaline.engine.internal.drools.model.CompiledRules}.
 */
@NullMarked
package dev.tourmaline.engine.internal.drools.model;

import org.jspecify.annotations.NullMarked;
