/** The distribution: {@link dev.tourmaline.distribution.Image} lays it out, the tests unpack it. */
package dev.tourmaline.distribution;
