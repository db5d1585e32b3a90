package dev.tourmaline.daemon;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Enters a user's objection to being processed. */
@CommandLine.Command(
    name = "object",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Enters that a user objects to being processed: from now on what names this user is dropped"
          + " as it comes in, before sessions, logs and recordings; the user's sessions end, and what the"
          + " policy remembers of the user is deleted.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is entered",
      "1:the program does not answer, or does not let you in; nobody knows whether it is entered",
      "2:the input is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tourmaline object --user u_17 --product prod_abc --url http://127.0.0.1:9090 --token-file admin.token",
      "  tourmaline object --user u_17 --product prod_abc --url http://127.0.0.1:9090 --withdraw",
      "",
      AdminOptions.TOKEN_HELP
    })
final class ObjectCommand implements Command {

  @CommandLine.Option(
      names = "--user",
      required = true,
      paramLabel = "ID",
      description = "the user's id, as the connector knows it")
  private Optional<String> user = Optional.empty();

  @CommandLine.Option(
      names = "--product",
      required = true,
      paramLabel = "ID",
      description = "the product")
  private Optional<String> product = Optional.empty();

  @CommandLine.Option(names = "--withdraw", description = "the user does not object any more")
  private boolean withdraw;

  @CommandLine.Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "who enters it, for the log. Default: the name you are logged in with")
  private Optional<String> actor = Optional.empty();

  @CommandLine.Mixin private AdminOptions admin = new AdminOptions();

  private final Shell shell;

  ObjectCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public List<String> faults() {
    List<String> faults = new ArrayList<>(admin.faults(shell));
    user.filter(String::isBlank).ifPresent(id -> faults.add("--user is blank"));
    product.filter(String::isBlank).ifPresent(id -> faults.add("--product is blank"));
    if (actor().isBlank()) {
      faults.add("--actor is missing or blank: say who enters it");
    }
    return faults;
  }

  private String actor() {
    Map<String, String> known = shell.environment();
    return actor.orElse(known.getOrDefault("USER", known.getOrDefault("USERNAME", "")));
  }

  @Override
  public int run() throws IOException {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("product_id", product.orElseThrow())
            .put("user_id", user.orElseThrow())
            .put("objects", !withdraw)
            .put("actor", actor());
    AdminPort port = admin.port(shell);
    AdminPort.Answer answer = port.post("/object", body);
    if (!answer.isOk()) {
      return port.refuse(answer);
    }
    shell
        .err()
        .println(
            withdraw
                ? "The user's objection is withdrawn: what comes from now on is processed."
                : "The user's objection is entered: what names this user is dropped from now on.");
    return Tourmaline.OK;
  }
}
