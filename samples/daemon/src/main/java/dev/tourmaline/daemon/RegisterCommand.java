package dev.tourmaline.daemon;

import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(
    name = "register",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class RegisterCommand implements Command {
  private final Shell shell;

  RegisterCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public List<String> faults() {
    return List.of();
  }

  @Override
  public int run() {
    shell.err().println("not yet");
    return 1;
  }
}
