/**
 * What is known of users, and what they want: {@link dev.tourmaline.engine.user.UserMemory}, {@link
 * dev.tourmaline.engine.user.UserAttributes} and {@link dev.tourmaline.engine.user.Objections} are
 * SPIs.
 */
@NullMarked
package dev.tourmaline.engine.user;

import org.jspecify.annotations.NullMarked;
