/**
 * The model of compiled rules, and the AST of their constraints; start at {@link
 * dev.tourmaline.engine.internal.drools.model.CompiledRules}.
 */
@NullMarked
package dev.tourmaline.engine.internal.drools.model;

import org.jspecify.annotations.NullMarked;
