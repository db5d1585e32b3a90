package dev.tourmaline.rules;

import dev.tourmaline.engine.rule.NearestName;
import dev.tourmaline.engine.rule.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The behaviour packs of this module: rules for moments that most products share. Each pack is a
 * folder of DRL files; each file says in a comment which moment it recognises and shows sessions
 * that do and do not trigger it. The flows that the rules name, such as {@code tour_billing_help},
 * are to exist at the tour provider.
 *
 * <p>The files are resources of this module's jar and are asked for one by one, so they are found
 * wherever the jar's classes are: on a class path, in an executable jar of Spring Boot, in a shaded
 * jar. Stateless and thread-safe.
 */
public final class RulePacks {

  /** The files of each pack: a jar need not be able to list them. */
  private static final Map<String, List<String>> FILES =
      new TreeMap<>(
          Map.of(
              "billing", List.of("billing_revisited"),
              "frustration", List.of("rage_click", "repeated_submit"),
              "hesitation", List.of("idle", "page_dwell", "pricing_hesitation"),
              "navigation", List.of("ping_pong", "repeated_visits")));

  private RulePacks() {}

  /** {@return the names of all packs, in alphabetical order} */
  public static List<String> names() {
    return List.copyOf(FILES.keySet());
  }

  /**
   * {@return the rules of one pack, file by file in alphabetical order}
   *
   * @param name the pack's name, one of {@link #names()}
   * @throws IllegalArgumentException if there is no such pack; the message names the nearest, and
   *     all there are
   */
  public static RuleSet pack(String name) {
    if (!FILES.containsKey(name)) {
      throw new IllegalArgumentException(
          "there is no rule pack '%s'%s Packs are %s."
              .formatted(name, NearestName.ending(name, names()), String.join(", ", names())));
    }
    return FILES.get(name).stream()
        .map(file -> "packs/" + name + "/" + file + ".drl")
        .map(file -> RuleSet.resources(RulePacks.class.getClassLoader(), file))
        .reduce(RuleSet.empty(), RuleSet::plus);
  }
}
