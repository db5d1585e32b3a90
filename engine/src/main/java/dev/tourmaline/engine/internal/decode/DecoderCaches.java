package dev.tourmaline.engine.internal.decode;

/** The caches of a decoder, shared by its threads: interned text and predicted field order. */
final class DecoderCaches {

  final TextPool texts = new TextPool();
  final FieldOrder frameOrder = new FieldOrder();
  final FieldOrder actionOrder = new FieldOrder();
}
