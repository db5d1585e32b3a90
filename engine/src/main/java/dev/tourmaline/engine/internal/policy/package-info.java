/** What the policy remembers; {@link dev.tourmaline.engine.internal.policy.PolicyMemory} judges. */
@NullMarked
package dev.tourmaline.engine.internal.policy;

import org.jspecify.annotations.NullMarked;
