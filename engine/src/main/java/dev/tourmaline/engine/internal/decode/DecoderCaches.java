package dev.tourmaline.engine.internal.decode;

/** What a decoder has learnt from the frames before, to read the next one faster. */
final class DecoderCaches {

  final TextPool texts = new TextPool();
  final FieldOrder frameOrder = new FieldOrder();
  final FieldOrder actionOrder = new FieldOrder();
}
