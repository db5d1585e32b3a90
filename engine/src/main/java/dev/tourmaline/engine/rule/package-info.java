/**
 * Where rules come from and what they compile to; start at {@link
 * dev.tourmaline.engine.rule.RuleSet}.
 */
@NullMarked
package dev.tourmaline.engine.rule;

import org.jspecify.annotations.NullMarked;
