package dev.tourmaline.storefront;

import java.util.List;
import java.util.Optional;

/** A project of the made-up studio, for the pages to show. */
record Project(
    int id,
    String name,
    String client,
    String lead,
    String due,
    String status,
    String tone,
    int progress,
    int hours,
    int planned,
    String milestone) {

  private static final List<Project> ALL =
      List.of(
          new Project(
              3,
              "Mill conversion",
              "Brandt and sons",
              "Tom Reyes",
              "14 March",
              "Over budget",
              "warn",
              82,
              341,
              355,
              "Building permit"),
          new Project(
              5,
              "Garden pavilion",
              "City of Aalen",
              "Jun Sato",
              "21 March",
              "Waiting for client",
              "late",
              38,
              74,
              180,
              "Client sign-off"),
          new Project(
              1,
              "Harbour library",
              "Port authority",
              "Nadia Karim",
              "4 April",
              "On track",
              "good",
              64,
              212,
              330,
              "Tender documents"),
          new Project(
              2,
              "Riverside school",
              "District council",
              "Jun Sato",
              "18 April",
              "On track",
              "good",
              47,
              133,
              283,
              "Structural review"),
          new Project(
              6,
              "Row houses, north side",
              "Own development",
              "Nadia Karim",
              "9 May",
              "On track",
              "good",
              21,
              29,
              140,
              "Concept drawings"),
          new Project(
              4,
              "Station forecourt",
              "Rail operator",
              "Tom Reyes",
              "30 May",
              "On track",
              "good",
              9,
              8,
              120,
              "Site survey"));

  static List<Project> all() {
    return ALL;
  }

  static Optional<Project> find(String id) {
    return ALL.stream().filter(project -> String.valueOf(project.id()).equals(id)).findFirst();
  }

  String leadInitials() {
    String[] parts = lead.split(" ");
    return parts[0].substring(0, 1) + parts[1].substring(0, 1);
  }
}
