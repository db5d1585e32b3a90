/**
 * Attributes of users: {@link dev.tourmaline.adapter.attributes.FileAttributes} from a file, {@link
 * dev.tourmaline.adapter.attributes.HttpAttributes} from another service.
 */
@NullMarked
package dev.tourmaline.adapter.attributes;

import org.jspecify.annotations.NullMarked;
