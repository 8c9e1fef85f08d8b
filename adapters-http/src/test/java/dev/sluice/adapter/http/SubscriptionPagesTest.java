package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The list of many subscriptions, page by page.
final class SubscriptionPagesTest {

  private static final int COUNT = 1_200;
  private static final TestServer SERVER = TestServer.start();
  private static final DescribedApi API = DescribedApi.read();

  @BeforeAll
  static void store() {
    var edits = SERVER.application().useCases().manageSubscriptions();
    var definition =
        SubscriptionDefinition.of(List.of(new TypePattern("never")), new Destination.Demo());
    for (String name : names()) {
      var _ = edits.put(new SubscriptionName(name), definition, Expected.ANY, "ann");
    }
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static List<String> names() {
    return IntStream.range(0, COUNT).mapToObj("s-%04d"::formatted).toList();
  }

  private static Answer page(String path) {
    return API.requireDescribed("GET /subscriptions", SERVER.get(path), 200, "");
  }

  /// Returns the names on all pages from this one on, and counts the pages.
  private static List<List<String>> pagesFrom(String path) {
    var pages = new ArrayList<List<String>>();
    for (String next = path; !next.isEmpty(); ) {
      Answer page = page(next);
      pages.add(page.json().findValuesAsText("name"));
      String link = page.header("Link");
      next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    return pages;
  }

  @Test
  void pages_haveEachSubscriptionOnce() {
    List<List<String>> pages = pagesFrom("/subscriptions");

    assertThat(pages).extracting(List::size).containsExactly(500, 500, 200);
    assertThat(pages.stream().flatMap(List::stream)).containsExactlyElementsOf(names());
  }

  @Test
  void limit_isOfOnePage() {
    assertThat(pagesFrom("/subscriptions?limit=400"))
        .extracting(List::size)
        .containsExactly(400, 400, 400);
  }

  @Test
  void page_beginsAfterAName() {
    assertThat(page("/subscriptions?after=s-1197").json().findValuesAsText("name"))
        .containsExactly("s-1198", "s-1199");
    assertThat(page("/subscriptions?after=zzz&limit=1000").json()).isEmpty();
  }
}
