package dev.tourmaline.daemon;

import dev.tourmaline.adapter.autoplay.registration.ProductRegistration;
import dev.tourmaline.adapter.autoplay.registration.RegistrationResult;
import dev.tourmaline.adapter.autoplay.registration.RegistrationResult.AlreadyRegistered;
import dev.tourmaline.adapter.autoplay.registration.RegistrationResult.Failed;
import dev.tourmaline.adapter.autoplay.registration.RegistrationResult.Registered;
import dev.tourmaline.daemon.config.Hosts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/** Registers a product with the connector. */
@CommandLine.Command(
    name = "register",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Registers a product with the Autoplay connector and prints what comes back: product_id,"
          + " webhook_url, stream_url, webhook_secret and unkey_key. The connector shows the two"
          + " secrets only once: save them, or have them shown.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the product is registered",
      "1:it is not, or nobody knows; the reason is given",
      "2:the input is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tourmaline register --product prod_abc --email you@yourcompany.com --save credentials.yaml",
      "  tourmaline register --product prod_abc --email you@yourcompany.com --force --show-secrets",
      "",
      "A connector that asks for an admin key finds it in the environment variable "
          + RegisterCommand.ADMIN_KEY
          + "."
    })
final class RegisterCommand implements Command {

  static final String ADMIN_KEY = "AUTOPLAY_ADMIN_KEY";

  private static final Set<String> SECRETS = Set.of("webhook_secret", "unkey_key");

  @CommandLine.Option(
      names = "--product",
      required = true,
      paramLabel = "ID",
      description = "the product's identifier at Autoplay")
  private Optional<String> product = Optional.empty();

  @CommandLine.Option(
      names = "--email",
      required = true,
      paramLabel = "ADDRESS",
      description = "whom Autoplay may write to about the product")
  private Optional<String> email = Optional.empty();

  @CommandLine.Option(
      names = "--connector",
      paramLabel = "URL",
      description = "the connector's address. Default: " + ProductRegistration.DEFAULT_CONNECTOR)
  private String connector = ProductRegistration.DEFAULT_CONNECTOR;

  @CommandLine.Option(
      names = "--force",
      description = {
        "register over an earlier registration, whose secrets then stop working, and let --save"
            + " replace a file"
      })
  private boolean force;

  @CommandLine.Option(
      names = "--save",
      paramLabel = "FILE",
      description = "write all five fields to a new file that only you can read")
  private Optional<Path> save = Optional.empty();

  @CommandLine.Option(names = "--show-secrets", description = "print the secrets unmasked")
  private boolean showSecrets;

  private final Shell shell;

  RegisterCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    try {
      registration(product.orElse("missing"), email.orElse("a@b"));
    } catch (IllegalArgumentException e) {
      faults.add(
          String.valueOf(e.getMessage())
              .replace("product registration: ", "")
              .replace("productId is", "--product is")
              .replace("contactEmail is", "--email is")
              .replace("connector is", "--connector is"));
    }
    save.flatMap(file -> OwnerOnlyFile.fault(file, force)).ifPresent(faults::add);
    return faults;
  }

  private ProductRegistration registration(String productId, String address) {
    ProductRegistration.Builder builder =
        ProductRegistration.builder(productId, address).connector(connector).force(force);
    Optional.ofNullable(shell.environment().get(ADMIN_KEY)).ifPresent(builder::adminKey);
    return builder.build();
  }

  @Override
  public int run() throws IOException {
    // The file comes first: once the connector has answered, its secrets must have a place.
    Optional<OwnerOnlyFile> file =
        save.isPresent() ? Optional.of(OwnerOnlyFile.prepare(save.get())) : Optional.empty();
    if (Hosts.isReadableOnTheWay(connector.strip())) {
      shell
          .err()
          .println(
              "--connector is plain http to another machine: the admin key and the secrets are"
                  + " readable on the way; use https");
    }
    if (shell.errIsTerminal()) {
      shell.err().println("registering " + product.orElseThrow() + ", for 15 s at most");
    }
    RegistrationResult result = registration(product.orElseThrow(), email.orElseThrow()).register();
    if (result instanceof Registered registered) {
      return registered(registered, file);
    }
    if (file.isPresent()) {
      file.get().discard();
    }
    shell
        .err()
        .println(
            result instanceof AlreadyRegistered already
                ? already.explanation() + " (--force)"
                : ((Failed) result).explanation());
    return Tourmaline.FAILED;
  }

  private int registered(Registered registered, Optional<OwnerOnlyFile> file) throws IOException {
    Map<String, String> fields = fields(registered);
    Optional<String> unfit = CredentialLines.unfit(fields);
    if (unfit.isPresent()) {
      if (file.isPresent()) {
        file.get().discard();
      }
      shell
          .err()
          .printf(
              "The connector's %s holds control characters, which no secret does; nothing is saved"
                  + " or shown. Check the connector's address, and register again with --force.%n",
              unfit.get());
      return Tourmaline.FAILED;
    }
    if (file.isPresent()) {
      file.get().write(CredentialLines.of(fields, Set.of()));
    }
    shell.out().print(CredentialLines.of(fields, showSecrets ? Set.of() : SECRETS));
    shell.out().flush();
    if (save.isPresent()) {
      shell.err().println("All five fields are in " + save.get() + ", for you alone to read.");
    } else if (!showSecrets) {
      shell
          .err()
          .println(
              "The secrets are masked and will not be shown again. If you have not kept them"
                  + " elsewhere, run this once more with --force and --save FILE.");
    }
    return Tourmaline.OK;
  }

  private static Map<String, String> fields(Registered registered) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("product_id", registered.productId());
    fields.put("webhook_url", registered.webhookUrl());
    fields.put("stream_url", registered.streamUrl());
    fields.put("webhook_secret", registered.webhookSecret());
    fields.put("unkey_key", registered.unkeyKey());
    return fields;
  }
}
