/**
 * The behaviour packs that come with Tourmaline; {@link dev.tourmaline.rules.RulePacks} finds them.
 */
@NullMarked
package dev.tourmaline.rules;

import org.jspecify.annotations.NullMarked;
