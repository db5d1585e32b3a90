package dev.tourmaline.engine.trigger;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Hours of the day without tours, in the visitor's own time zone where it is known. Immutable.
 *
 * @param from their begin, included
 * @param to their end, not included; earlier than the begin for a night
 * @param zone where visitors are whose zone is not known
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

  /**
   * {@return whether it is quiet}
   *
   * @param now when
   * @param where the visitor's zone
   */
  public boolean include(Instant now, ZoneId where) {
    LocalTime time = now.atZone(where).toLocalTime();
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !time.isBefore(from) || time.isBefore(to);
  }
}
