package dev.tourmaline.rules;

import dev.tourmaline.engine.rule.RuleSet;
import java.util.List;

/**
 * The behaviour packs of this module: rules for moments that most products share. Each pack is a
 * folder of DRL files; each file says in a comment which moment it recognises and shows sessions
 * that do and do not trigger it. The flows that the rules name, such as {@code tour_billing_help},
 * are to exist at the tour provider.
 */
public final class RulePacks {

  private static final List<String> NAMES =
      List.of("billing", "frustration", "hesitation", "navigation");

  private RulePacks() {}

  /** {@return the names of all packs, in alphabetical order} */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * {@return the rules of one pack}
   *
   * @param name the pack's name, one of {@link #names()}
   * @throws IllegalArgumentException if there is no such pack; the message lists those there are
   * @throws java.io.UncheckedIOException if the pack cannot be read
   */
  public static RuleSet pack(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "there is no rule pack '%s'; there are %s".formatted(name, String.join(", ", NAMES)));
    }
    return RuleSet.resources(RulePacks.class.getClassLoader(), "packs/" + name);
  }
}
