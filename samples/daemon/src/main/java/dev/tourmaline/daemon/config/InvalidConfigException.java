package dev.tourmaline.daemon.config;

import java.util.List;

/** A configuration file was refused. Carries everything that is wrong with it. */
public final class InvalidConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient String file;
  private final transient List<ConfigFault> faults;

  InvalidConfigException(String file, List<ConfigFault> faults) {
    super(String.join("\n", lines(file, faults)));
    this.file = file;
    this.faults = List.copyOf(faults);
  }

  /** {@return everything that is wrong, a line each with file and number, in order of the file} */
  public List<String> lines() {
    return lines(file, faults);
  }

  private static List<String> lines(String file, List<ConfigFault> faults) {
    return faults.stream().map(fault -> fault.in(file)).toList();
  }

  /** {@return everything that is wrong, in order of the file} */
  public List<ConfigFault> faults() {
    return faults;
  }
}
