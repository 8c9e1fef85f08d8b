package dev.sluice.format.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Credentials.Scheme;
import dev.sluice.domain.subscription.DeliveryPolicy;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.domain.subscription.WebhookFormat;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Webhooks in requests, in responses and in storages.
final class WebhookDestinationTest {

  private static final String URL = "https://receiver.test/in?a=b";
  private static final Instant UNTIL = Instant.parse("2026-11-20T10:00:00.123Z");

  private static ReadSubscription request(String text) {
    JsonCursor json = JsonCursor.document(text.getBytes(StandardCharsets.UTF_8));
    return SubscriptionFormat.read(json, "", RetryPolicy.DEFAULT, _ -> false);
  }

  private static SubscriptionDefinition valid(ReadSubscription read) {
    return switch (read) {
      case ReadSubscription.Valid(SubscriptionDefinition definition) -> definition;
      case ReadSubscription.Invalid(List<FieldProblem> problems) ->
          throw new AssertionError(problems);
    };
  }

  private static List<FieldProblem> problems(ReadSubscription read) {
    return read instanceof ReadSubscription.Invalid(List<FieldProblem> problems)
        ? problems
        : List.of();
  }

  /// Returns a request; its back-ticks stand for quotes.
  private static String withDestination(String destination) {
    return "{\"types\":[\"*\"],\"destination\":" + destination.replace('`', '"') + "}";
  }

  private static Webhook asked(String members) {
    String text = withDestination("{`kind`:`webhook`,`url`:`" + URL + "`" + members + "}");
    return (Webhook) valid(request(text)).destination();
  }

  private static List<String> pointers(String destination) {
    return problems(request(withDestination(destination))).stream()
        .map(FieldProblem::name)
        .toList();
  }

  private static SubscriptionDefinition definition(Destination destination) {
    return SubscriptionDefinition.of(List.of(TypePattern.ANY), destination);
  }

  private static SigningSecret encrypted(String text, Optional<Instant> until) {
    return new SigningSecret(new Secret.Encrypted(text), until);
  }

  private static Webhook full(Scheme scheme, String name) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("x-z", "first");
    headers.put("X-a", "é \"quoted\"");
    return new Webhook(
        URL,
        new Webhook.Body(WebhookFormat.TEMPLATE, Optional.of("{ \"text\": \"{type}\" }")),
        headers,
        List.of(encrypted("v1:current", Optional.empty()), encrypted("v1:old", Optional.of(UNTIL))),
        Optional.of(
            new Credentials(scheme, name, Optional.of(new Secret.Encrypted("v1:credentials")))),
        Set.of(404, 409));
  }

  private static SubscriptionDefinition stored(String text) {
    return valid(SubscriptionFormat.read(text, RetryPolicy.DEFAULT));
  }

  @ParameterizedTest
  @CsvSource({"BEARER,''", "BASIC,ann", "HEADER,x-key"})
  void storedForm_isReadAgainWithItsEncryptedSecrets(Scheme scheme, String name) {
    SubscriptionDefinition definition = definition(full(scheme, name));

    String text = SubscriptionFormat.writeStored(definition);

    assertThat(stored(text)).isEqualTo(definition);
    Map<String, String> headers = ((Webhook) stored(text).destination()).headers();
    assertThat(headers.keySet()).containsExactly("x-z", "X-a");
  }

  @ParameterizedTest
  @EnumSource(value = WebhookFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "TEMPLATE")
  void everyFormat_isReadAgain(WebhookFormat format) {
    var webhook =
        new Webhook(URL, Webhook.Body.of(format), Map.of(), List.of(), Optional.empty(), Set.of());

    assertThat(asked(",`format`:`" + format.wireName() + "`")).isEqualTo(webhook);
    assertThat(stored(SubscriptionFormat.writeStored(definition(webhook))))
        .isEqualTo(definition(webhook));
  }

  @ParameterizedTest
  @CsvSource({"BEARER,''", "BASIC,ann", "HEADER,x-key"})
  void shownForm_hasNoSecretAndIsAValidRequest(Scheme scheme, String name) {
    Webhook webhook = full(scheme, name);

    String text = SubscriptionFormat.write(definition(webhook));

    assertThat(text).doesNotContain("v1:", "secret", "encrypted");
    Optional<Credentials> shown = Optional.of(new Credentials(scheme, name, Optional.empty()));
    assertThat(valid(request(text))).isEqualTo(definition(webhook.with(List.of(), shown)));
  }

  @Test
  void plainSecret_isNeverWritten() {
    Secret plain = new Secret.Plain("hidden");
    Webhook signing =
        Webhook.to(URL).with(List.of(new SigningSecret(plain, Optional.empty())), Optional.empty());
    var credentials = new Credentials(Scheme.BEARER, "", Optional.of(plain));
    Webhook authenticating = Webhook.to(URL).with(List.of(), Optional.of(credentials));

    for (Webhook webhook : List.of(signing, authenticating)) {
      assertThat(SubscriptionFormat.write(definition(webhook))).doesNotContain("hidden");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SubscriptionFormat.writeStored(definition(webhook)))
          .withMessageNotContaining("hidden");
    }
  }

  @Test
  void secretOfARequest_isPlain() {
    assertThat(asked(",`secret`:`whsec_x`").secrets())
        .containsExactly(new SigningSecret(new Secret.Plain("whsec_x"), Optional.empty()));
    assertThat(asked("").secrets()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BEARER | ''    | {`scheme`:`bearer`,`token`:`s`}",
        "BASIC  | ann   | {`scheme`:`basic`,`username`:`ann`,`password`:`s`}",
        "HEADER | x-key | {`scheme`:`header`,`name`:`x-key`,`value`:`s`}",
        "HEADER | x-key | {`value`:`s`,`name`:`x-key`,`scheme`:`header`}"
      })
  void credentialsOfEachScheme_areRead(Scheme scheme, String name, String credentials) {
    assertThat(asked(",`credentials`:" + credentials).credentials())
        .contains(new Credentials(scheme, name, Optional.of(new Secret.Plain("s"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/destination/url                    |",
        "/destination/url                    | `url`:1",
        "/destination/format                 | U,`format`:`xml`",
        "/destination/format                 | U,`format`:1",
        "/destination/template               | U,`format`:`template`",
        "/destination/template               | U,`template`:{`a`:1}",
        "/destination/template               | U,`format`:`template`,`template`:`x`",
        "/destination/template/a             | U,`format`:`template`,`template`:{`a`:`{nonsense}`}",
        "/destination/headers                | U,`headers`:[]",
        "/destination/headers/a~1b           | U,`headers`:{`a/b`:1}",
        "/destination/headers/a              | U,`headers`:{`a`:`1`,`a`:`2`}",
        "/destination/permanent_statuses     | U,`permanent_statuses`:404",
        "/destination/permanent_statuses/1   | U,`permanent_statuses`:[404,200]",
        "/destination/permanent_statuses/0   | U,`permanent_statuses`:[`404`]",
        "/destination/secret                 | U,`secret`:1",
        "/destination/secrets                | U,`secrets`:[{`encrypted`:`v1:x`}]",
        "/destination/encrypted              | U,`encrypted`:`v1:x`",
        "/destination/colour                 | U,`colour`:1",
        "/destination/credentials            | U,`credentials`:`x`",
        "/destination/credentials/scheme     | U,`credentials`:{}",
        "/destination/credentials/scheme     | U,`credentials`:{`scheme`:`digest`}",
        "/destination/credentials/username   | U,`credentials`:{`scheme`:`basic`,`password`:`s`}",
        "/destination/credentials/name       | U,`credentials`:{`scheme`:`header`,`value`:`s`}",
        "/destination/credentials/password   | U,`credentials`:{`scheme`:`bearer`,`password`:`s`}",
        "/destination/credentials/encrypted  | U,`credentials`:{`scheme`:`bearer`,`encrypted`:`x`}"
      })
  void wrongMember_isNamed(String pointer, String members) {
    String rest = members == null ? "" : "," + members.replace("U", "`url`:`" + URL + "`");

    assertThat(pointers("{`kind`:`webhook`" + rest + "}")).containsExactly(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`url`:`https://a.test`",
        "`url`:1",
        "`format`:`standard`",
        "`template`:{`a`:1}",
        "`headers`:{}",
        "`credentials`:{`scheme`:`bearer`}",
        "`permanent_statuses`:[]",
        "`secret`:`whsec_x`"
      })
  void memberOfWebhooks_isRefusedForOtherKinds(String member) {
    String name = member.substring(1, member.indexOf('`', 1));

    for (String kind : List.of("demo", "log")) {
      assertThat(pointers("{`kind`:`" + kind + "`," + member + "}"))
          .containsExactly("/destination/" + name);
      assertThat(pointers("{" + member + ",`kind`:`" + kind + "`}"))
          .containsExactly("/destination/" + name);
    }
  }

  @Test
  void tooMany_areRefused() {
    var headers = new StringBuilder("`h`:`v`");
    var statuses = new StringBuilder("300");
    for (int number = 1; number <= 50; number++) {
      headers.append(",`h").append(number).append("`:`v`");
      statuses.append(',').append(300 + number);
    }

    assertThat(pointers("{`kind`:`webhook`,`url`:`u`,`headers`:{" + headers + "}}"))
        .containsExactly("/destination/headers");
    assertThat(pointers("{`kind`:`webhook`,`url`:`u`,`permanent_statuses`:[" + statuses + "]}"))
        .containsExactly("/destination/permanent_statuses");
  }

  /// A secret whose end is not understood would sign for ever.
  @ParameterizedTest
  @ValueSource(
      strings = {"{`until`:`2026-11-20T10:00:00Z`}", "{`encrypted`:`v1:x`,`until`:`soon`}"})
  void storedSecretThatIsNotUnderstood_isAProblem(String secret) {
    String text = withDestination("{`kind`:`webhook`,`url`:`u`,`secrets`:[" + secret + "]}");

    assertThat(problems(SubscriptionFormat.read(text, RetryPolicy.DEFAULT))).hasSize(1);
  }

  private static ReadSubscription withRetry(String retry) {
    return request(
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},\"retry\":"
            + retry.replace('`', '"')
            + "}");
  }

  @Test
  void waits_areReadAndWrittenInOrder() {
    SubscriptionDefinition definition =
        valid(withRetry("{`waits`:[`5s`,`5m`,`1s`],`max_age`:`3d`}"));

    assertThat(definition.policy().retry())
        .contains(
            RetryPolicy.waiting(
                List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofSeconds(1)),
                Duration.ofDays(3)));
    String text = SubscriptionFormat.write(definition);
    assertThat(text).contains("\"retry\":{\"waits\":[\"5s\",\"5m\",\"1s\"],\"max_age\":\"3d\"}");
    assertThat(stored(text)).isEqualTo(definition);
  }

  @Test
  void standardSchedule_isReadAgain() {
    var policy =
        new DeliveryPolicy(
            Optional.of(RetryPolicy.STANDARD_WEBHOOKS),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var definition =
        new SubscriptionDefinition(
            "", List.of(TypePattern.ANY), Optional.empty(), Webhook.to(URL), policy);

    assertThat(stored(SubscriptionFormat.writeStored(definition))).isEqualTo(definition);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/retry/waits       | {`waits`:[]}",
        "/retry/waits       | {`waits`:`5s`}",
        "/retry/waits/1     | {`waits`:[`5s`,`31d`]}",
        "/retry/waits/0     | {`waits`:[5,`5s`]}",
        "/retry/max_retries | {`waits`:[`5s`],`max_retries`:3}",
        "/retry/base        | {`base`:`1s`,`waits`:[`5s`]}",
        "/retry/factor      | {`waits`:[`5s`],`factor`:2}",
        "/retry/cap         | {`waits`:[`5s`],`cap`:`1h`}"
      })
  void wrongWaits_areNamed(String pointer, String retry) {
    assertThat(problems(withRetry(retry))).extracting(FieldProblem::name).containsExactly(pointer);
  }

  @Test
  void moreThan50Waits_areRefused() {
    String most = "`1s`,".repeat(49) + "`1s`";

    assertThat(problems(withRetry("{`waits`:[" + most + "]}"))).isEmpty();
    assertThat(problems(withRetry("{`waits`:[" + most + ",`1s`]}")))
        .extracting(FieldProblem::name)
        .containsExactly("/retry/waits");
  }
}
