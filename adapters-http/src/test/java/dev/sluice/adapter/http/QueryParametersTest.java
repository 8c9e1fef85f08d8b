package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryParametersTest {

  private static QueryParameters parse(String query) {
    return QueryParameters.parse(query, Set.of("a", "b"));
  }

  @Test
  void values_areDecoded() {
    QueryParameters query = parse("a=x%26y+z&b=%F0%9F%98%80");

    assertThat(query.one("a")).contains("x&y z");
    assertThat(query.one("b")).contains("😀");
    assertThat(parse("a=%EF%BF%BD").one("a")).contains("\uFFFD");
  }

  @Test
  void repeatedValues_keepTheirOrder() {
    assertThat(parse("a=2&b=&a=1").all("a")).containsExactly("2", "1");
    assertThat(parse("").all("a")).isEmpty();
  }

  @Test
  void missingValue_isEmpty() {
    assertThat(parse("a&&b=").one("a")).contains("");
    assertThat(parse("a=x=y").one("a")).contains("x=y");
    assertThat(parse("&").one("a")).isEmpty();
  }

  @Test
  void repeatedValue_isRefusedWhereOneIsWanted() {
    assertThatThrownBy(() -> parse("a=1&a=1").one("a"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("a may be given only once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c=1",
        "A=1",
        "a%20=1",
        "=1",
        "a=%",
        "a=%zz",
        "a=%FF",
        "a=%C0%A0",
        "a=\uFFFD",
        "%=1",
        "a[]=1"
      })
  void otherQuery_isRefused(String query) {
    assertThatThrownBy(() -> parse(query)).isInstanceOf(ProblemException.class);
  }

  @Test
  void longName_isCut() {
    assertThatThrownBy(() -> parse("x".repeat(10_000) + "=1"))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void with_replacesOneAndEncodesAll() {
    assertThat(parse("a=x%26y&b=1&a=2").with("b", "c d")).isEqualTo("a=x%26y&a=2&b=c+d");
    assertThat(parse("").with("b", "1")).isEqualTo("b=1");
  }
}
