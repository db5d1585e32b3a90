/** JMH benchmarks of single steps. */
@NullMarked
package dev.tourmaline.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
