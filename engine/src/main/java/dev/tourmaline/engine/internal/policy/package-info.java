/**
 * The policy's state and decisions; start at {@link
 * dev.tourmaline.engine.internal.policy.PolicyMemory}.
 */
@NullMarked
package dev.tourmaline.engine.internal.policy;

import org.jspecify.annotations.NullMarked;
