package dev.tourmaline.storefront;

/** Starts everything. */
public final class Storefront {
  private Storefront() {}
}
