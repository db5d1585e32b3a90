/** What the engine gets to do: made-up visitors who behave like real ones, and rules on them. */
@NullMarked
package dev.tourmaline.workload;

import org.jspecify.annotations.NullMarked;
