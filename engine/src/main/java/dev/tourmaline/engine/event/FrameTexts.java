package dev.tourmaline.engine.event;

/** What a frame and its actions say alike, kind by kind. */
final class FrameTexts {

  final RepeatedText session = new RepeatedText();
  final RepeatedText user = new RepeatedText();
  final RepeatedText email = new RepeatedText();
  final RepeatedText conversation = new RepeatedText();
}
