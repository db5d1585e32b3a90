package dev.tourmaline.engine.internal.drools.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was thrown while the classes of rules were loaded, which runs their initialisers and the
 * constants in their conditions. The generated class in the stack trace leads to the file, its
 * method to the rule.
 */
final class LoadFault {

  private final Throwable cause;
  private final List<StackTraceElement> frames = new ArrayList<>();

  private LoadFault(Throwable thrown) {
    Throwable last = thrown;
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      frames.addAll(List.of(e.getStackTrace()));
      last = e;
    }
    this.cause = last;
  }

  /** Reports what was thrown at the rule or file that it came from, if that is known. */
  static void report(Throwable thrown, RuleLoader loader, Problems problems) {
    LoadFault fault = new LoadFault(thrown);
    String message = "these rules cannot be loaded: " + fault.cause;
    Optional<LoadedRule> rule = loader.rules().stream().filter(fault::names).findFirst();
    if (rule.isPresent()) {
      problems.error(rule.get().text, rule.get().text.line(), message);
      return;
    }
    loader.files().stream()
        .filter(fault::names)
        .findFirst()
        .or(() -> loader.files().stream().findFirst())
        .ifPresent(file -> problems.error(file, 0, message));
  }

  private boolean names(DrlFile file) {
    return frames.stream().anyMatch(frame -> isOf(frame, file));
  }

  private boolean names(LoadedRule rule) {
    String method = "rule_" + rule.text.name().replaceAll("[^A-Za-z0-9_]", "_");
    return frames.stream()
        .anyMatch(
            frame ->
                isOf(frame, rule.text.file())
                    && frame.getMethodName().replaceAll("[^A-Za-z0-9_]", "_").equals(method));
  }

  private static boolean isOf(StackTraceElement frame, DrlFile file) {
    return frame.getClassName().startsWith(file.packageName() + ".");
  }
}
