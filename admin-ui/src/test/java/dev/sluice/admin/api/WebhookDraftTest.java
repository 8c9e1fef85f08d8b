package dev.sluice.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhookDraftTest {

  private static final SubscriptionDraft RIGHT =
      SubscriptionDraft.NEW
          .with(DraftField.NAME, "a")
          .with(DraftField.TYPES, "*")
          .with(DraftField.DESTINATION, "webhook")
          .with(DraftField.URL, " https://a.example/hooks ");

  private static String json(SubscriptionDraft draft) {
    return new String(draft.json(Optional.empty()), StandardCharsets.UTF_8);
  }

  @Test
  void newWebhook_needsOnlyItsUrl() {
    assertThat(RIGHT.mistakes()).isEmpty();
    assertThat(json(RIGHT))
        .isEqualTo(
            "{\"types\":[\"*\"],\"destination\":{\"kind\":\"webhook\","
                + "\"url\":\"https://a.example/hooks\",\"format\":\"standard\"}}");
  }

  @Test
  void everyMember_isWritten() {
    SubscriptionDraft draft =
        RIGHT
            .with(DraftField.FORMAT, "template")
            .with(DraftField.TEMPLATE, "{\"n\":12.50}")
            .with(DraftField.HEADERS, "X-Team: a\n\n X-Url : https://b ")
            .with(DraftField.CREDENTIALS, "header")
            .with(DraftField.AUTH_HEADER, "X-Key")
            .with(DraftField.AUTH_VALUE, "v")
            .with(DraftField.PERMANENT_STATUSES, "410 422, 451")
            .with(DraftField.SECRET, "whsec_a");

    assertThat(draft.mistakes()).isEmpty();
    assertThat(json(draft))
        .contains("\"template\":{\"n\":12.50}")
        .contains("\"headers\":{\"X-Team\":\"a\",\"X-Url\":\"https://b\"}")
        .contains("\"credentials\":{\"scheme\":\"header\",\"name\":\"X-Key\",\"value\":\"v\"}")
        .contains("\"permanent_statuses\":[410,422,451],\"secret\":\"whsec_a\"");
  }

  @Test
  void fieldsOfOtherChoices_areNotWritten() {
    SubscriptionDraft draft =
        RIGHT
            .with(DraftField.TEMPLATE, "{}")
            .with(DraftField.CREDENTIALS, "bearer")
            .with(DraftField.TOKEN, "t")
            .with(DraftField.USERNAME, "ann");

    assertThat(json(draft))
        .contains("\"credentials\":{\"scheme\":\"bearer\",\"token\":\"t\"}")
        .doesNotContain("template", "ann");
    assertThat(json(draft.with(DraftField.DESTINATION, "log")))
        .isEqualTo("{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          URL                | ''           | enter the URL
          TEMPLATE           | [1]          | JSON object
          HEADERS            | X-Team       | one header a line
          HEADERS            | : a          | one header a line
          USERNAME           | ''           | user name
          PERMANENT_STATUSES | four hundred | such as 410
          """)
  void mistake_isFoundBeforeItIsSent(DraftField field, String text, String why) {
    SubscriptionDraft draft =
        RIGHT
            .with(DraftField.FORMAT, "template")
            .with(DraftField.TEMPLATE, "{}")
            .with(DraftField.CREDENTIALS, "basic")
            .with(DraftField.USERNAME, "ann")
            .with(field, text);

    assertThat(draft.mistakes())
        .containsOnlyKeys(field)
        .extractingByKey(field)
        .asString()
        .contains(why);
  }

  @Test
  void headerThatIsWrittenTwice_isAMistake() {
    assertThat(RIGHT.with(DraftField.HEADERS, "A: 1\nA: 2").mistakes())
        .containsEntry(DraftField.HEADERS, "write each header once");
  }

  @Test
  void unknownAuthentication_staysAsItIs() {
    var stored =
        new Destination(
            "webhook",
            Map.of(
                "url", new JsonText("\"https://a\""),
                "credentials", new JsonText("{\"scheme\":\"oauth\",\"issuer\":\"i\"}")));

    Map<String, Object> members =
        WebhookDraft.members(SubscriptionDraft.of(stored), stored.others());

    assertThat(new String(Json.write(members), StandardCharsets.UTF_8))
        .contains("\"credentials\":{\"scheme\":\"oauth\",\"issuer\":\"i\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "/destination/url, URL, ''",
    "/destination/headers/X-Team, HEADERS, /X-Team",
    "/destination/credentials/token, TOKEN, ''",
    "/destination/credentials/scheme, CREDENTIALS, /scheme",
    "/destination/template/text, TEMPLATE, /text",
    "/retry/waits/2, WAITS, /2",
  })
  void pointer_leadsToItsField(String pointer, DraftField field, String rest) {
    assertThat(DraftField.at(pointer)).contains(field);
    assertThat(field.within(pointer)).isEqualTo(rest);
  }

  @Test
  void waits_areWrittenAsAList() {
    SubscriptionDraft draft =
        RIGHT.with(DraftField.WAITS, " 5s, 5m 1h ").with(DraftField.MAX_AGE, "0s");

    assertThat(json(draft))
        .endsWith("\"retry\":{\"waits\":[\"5s\",\"5m\",\"1h\"],\"max_age\":\"0s\"}}");
  }

  @Test
  void host_isThatOfTheUrl() {
    assertThat(RIGHT.uses(DraftField.URL)).isTrue();
    assertThat(new Destination("webhook", Map.of("url", new JsonText("\"https://a.b/c\""))).host())
        .contains("a.b");
    assertThat(List.of(Destination.of("log"), Destination.of("webhook")))
        .allMatch(destination -> destination.host().isEmpty());
  }
}
