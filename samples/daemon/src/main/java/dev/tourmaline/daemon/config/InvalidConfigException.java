package dev.tourmaline.daemon.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration file was refused. Carries everything that is wrong with it. */
public final class InvalidConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<ConfigFault> faults;

  InvalidConfigException(String file, List<ConfigFault> faults) {
    super(faults.stream().map(fault -> fault.in(file)).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** {@return everything that is wrong, in order of the file} */
  public List<ConfigFault> faults() {
    return faults;
  }
}
