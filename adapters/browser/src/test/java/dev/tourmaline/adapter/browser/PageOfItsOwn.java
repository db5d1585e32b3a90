package dev.tourmaline.adapter.browser;

import dev.tourmaline.adapter.browser.chromium.ChromiumBrowser;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test that takes a {@link TourPage} one of its own, all in the same Chromium. */
final class PageOfItsOwn implements ParameterResolver, AfterEachCallback {

  private static final Namespace HERE = Namespace.create(PageOfItsOwn.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TourPage.class;
  }

  @Override
  public TourPage resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Store ofAllClasses = context.getRoot().getStore(HERE);
    ChromiumBrowser chromium =
        ofAllClasses.computeIfAbsent(
            ChromiumBrowser.class, key -> ChromiumBrowser.startOrSkip(), ChromiumBrowser.class);
    TourPage page = new TourPage(chromium.browser());
    context.getStore(HERE).put(TourPage.class, page);
    return page;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TourPage page = context.getStore(HERE).remove(TourPage.class, TourPage.class);
    if (page != null) {
      page.close();
    }
  }
}
