package dev.tourmaline.storefront;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A person who uses the product. The demo lets anyone be anyone; a real product knows its people
 * from their sign-in.
 *
 * @param id how the address bar names the person
 * @param name the full name
 * @param role what they do
 * @param email their address, which no one else's page may ever see
 */
record Persona(String id, String name, String role, String email) {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final String MAIL_DOMAIN = "@larkspur.example";

  private static final List<Persona> KNOWN =
      List.of(
          new Persona("ada", "Ada Moreno", "Studio lead", "ada.moreno" + MAIL_DOMAIN),
          new Persona("ben", "Ben Okafor", "Project manager", "ben.okafor" + MAIL_DOMAIN),
          new Persona("chloe", "Chloé Lind", "Finance", "chloe.lind" + MAIL_DOMAIN),
          new Persona("dev", "Dev Patel", "Architect", "dev.patel" + MAIL_DOMAIN));

  /** {@return the people whom the page offers to be} */
  static List<Persona> known() {
    return KNOWN;
  }

  static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /** {@return the person of that id; someone is made up for an id that nobody has} */
  static Persona of(String id) {
    return KNOWN.stream()
        .filter(persona -> persona.id().equals(id))
        .findFirst()
        .orElseGet(
            () -> {
              String name = id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
              return new Persona(id, name, "Guest", id + MAIL_DOMAIN);
            });
  }

  String userId() {
    return "user_" + id;
  }

  String initials() {
    StringBuilder initials = new StringBuilder();
    for (String part : name.split(" ")) {
      initials.append(part.charAt(0));
    }
    return initials.toString();
  }

  @Override
  public String toString() {
    return "Persona[" + id + "]";
  }
}
