package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresSettingsTest {

  private static PostgresSettings of(String url) {
    return PostgresSettings.of(url, 10, true);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "postgresql://me:secret@db:5433/events | jdbc:postgresql://db:5433/events | me | secret",
        "postgres://me@db/events | jdbc:postgresql://db/events | me |",
        "postgresql://db/events?sslmode=require | jdbc:postgresql://db/events?sslmode=require | |",
        "postgresql://m%40e:p%2Fa+b%3A@one,two:5433/e | jdbc:postgresql://one,two:5433/e | m@e | p/a+b:",
        "jdbc:postgresql://db/e?user=me&password=p | jdbc:postgresql://db/e?user=me&password=p | |"
      },
      delimiter = '|')
  void usualForms_areUnderstood(String url, String jdbc, String user, String password) {
    PostgresSettings settings = of(url);

    assertThat(settings.url()).isEqualTo(jdbc);
    assertThat(settings.user().orElse(null)).isEqualTo(user);
    assertThat(settings.password().orElse(null)).isEqualTo(password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "postgresql://",
        "mysql://me:secret@db/e",
        "db",
        "postgresql:db",
        "jdbc:postgresql://db:99999/e?password=secret",
        "postgresql://me:secret@db:99999/e?sslpassword=secret"
      })
  void otherUrls_areRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(url))
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://me:secret@db/e, postgresql://me:***@db/e",
    "jdbc:postgresql://db/e?sslpassword=secret, jdbc:postgresql://db/e?sslpassword=***",
    "postgresql://me:se/cr@t@db/e, postgresql://me:***@db/e",
    "postgresql://me@db/e, postgresql://me@db/e",
    "jdbc:postgresql://db/e?user=me&password=secret&ssl=true,"
        + " jdbc:postgresql://db/e?user=me&password=***&ssl=true"
  })
  void password_isMasked(String url, String masked) {
    assertThat(PostgresSettings.masked(url)).isEqualTo(masked);
  }

  @Test
  void text_hasNoPassword() {
    assertThat(of("postgresql://me:secret@db/e").toString()).doesNotContain("secret");
  }
}
