package dev.tourmaline.engine.internal.policy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The audiences of a policy's rules, each parsed once. Thread-safe. */
public final class Audiences {

  private final Map<String, String> segments;
  private final Map<String, Audience> parsed = new ConcurrentHashMap<>();

  /** Makes those that may name these segments. */
  public Audiences(Map<String, String> segments) {
    this.segments = segments;
  }

  /**
   * {@return whether somebody with these attributes belongs to an audience for certain; nobody does
   * to one that names a segment which is not there}
   */
  boolean matches(String audience, Map<String, Object> attributes) {
    return parsed.computeIfAbsent(audience, this::parse).matches(attributes);
  }

  private Audience parse(String audience) {
    try {
      return Audience.parse(audience, segments);
    } catch (IllegalArgumentException e) {
      // The rules were validated against this policy; a tester segment may be missing, though.
      return Audience.parse("attribute(\"\") == \"\"", Map.of());
    }
  }

  /** {@return whether somebody with these attributes is known to be a tester} */
  boolean isTester(Map<String, Object> attributes) {
    return matches(dev.tourmaline.engine.trigger.TriggerPolicy.TESTERS, attributes);
  }
}
