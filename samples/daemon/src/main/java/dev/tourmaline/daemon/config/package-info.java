/**
 * The daemon's configuration: a YAML file becomes a {@link
 * dev.tourmaline.daemon.config.DaemonConfig}, or the list of everything that is wrong with it.
 */
@NullMarked
package dev.tourmaline.daemon.config;

import org.jspecify.annotations.NullMarked;
