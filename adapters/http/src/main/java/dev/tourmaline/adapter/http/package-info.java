/**
 * The HTTP side of a host, on Jetty: {@link dev.tourmaline.adapter.http.TourServer} serves the
 * browsers what {@link dev.tourmaline.adapter.http.BrowserSink} holds for them.
 */
@NullMarked
package dev.tourmaline.adapter.http;

import org.jspecify.annotations.NullMarked;
