/**
 * JMH benchmarks of single steps, such as {@link dev.tourmaline.benchmarks.micro.DecodeBenchmark}.
 */
@NullMarked
package dev.tourmaline.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
