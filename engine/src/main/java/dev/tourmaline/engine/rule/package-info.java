/**
 * Sources of rules, and the problems and failures of rules; start at {@link
 * dev.tourmaline.engine.rule.RuleSet}.
 */
@NullMarked
package dev.tourmaline.engine.rule;

import org.jspecify.annotations.NullMarked;
