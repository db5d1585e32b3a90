package dev.tourmaline.fuzz;

import dev.tourmaline.engine.internal.core.SessionLogTarget;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The ways into the program that are fuzzed. Each has a class with a method {@code
 * fuzzerTestOneInput(byte[])}, as Jazzer calls it, that throws where its property is broken; what
 * takes long at first is done by {@code fuzzerInitialize()}, for which no time is taken.
 */
enum FuzzTarget {
  FRAMES(
      FramesTarget.class,
      FramesTarget::fuzzerTestOneInput,
      "dev.tourmaline.engine.codec.**:dev.tourmaline.engine.internal.decode.**"),
  HTTP(
      HttpTarget.class,
      HttpTarget::fuzzerTestOneInput,
      "dev.tourmaline.adapter.http.**:org.eclipse.jetty.http.*"),
  RULES(
      RulesTarget.class,
      RulesTarget::fuzzerTestOneInput,
      "dev.tourmaline.engine.internal.drools.compile.**"),
  CONFIG(
      ConfigTarget.class,
      ConfigTarget::fuzzerTestOneInput,
      "dev.tourmaline.daemon.config.**:org.yaml.snakeyaml.**"),
  SESSION_LOG(
      SessionLogTarget.class,
      SessionLogTarget::fuzzerTestOneInput,
      "dev.tourmaline.engine.internal.serial.**:dev.tourmaline.engine.internal.history.**"
          + ":dev.tourmaline.engine.internal.core.**");

  private final Class<?> type;
  private final Consumer<byte[]> property;
  private final String instrumented;

  FuzzTarget(Class<?> type, Consumer<byte[]> property, String instrumented) {
    this.type = type;
    this.property = property;
    this.instrumented = instrumented;
  }

  /** {@return the name of its folder of seeds} */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Holds an input to the property.
   *
   * @throws RuntimeException or an {@link Error} if it is broken
   */
  void check(byte[] input) {
    property.accept(input);
  }

  /** {@return what Jazzer is told of the target} */
  List<String> options() {
    return List.of(
        "--target_class=" + type.getName(),
        "--instrumentation_includes=" + instrumented,
        "--custom_hook_includes=" + instrumented);
  }
}
