/**
 * The behaviour packs that come with Tourmaline: {@link dev.tourmaline.rules.RulePacks} holds them,
 * {@link dev.tourmaline.rules.RuleLocations} reads them and files by the names that stand in a
 * configuration.
 */
@NullMarked
package dev.tourmaline.rules;

import org.jspecify.annotations.NullMarked;
