package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestIdsTest {

  private final RequestIds ids = new RequestIds(42);

  @ParameterizedTest
  @ValueSource(strings = {"a", "0af7651916cd43dd", "Req-1_2.3:4/5+6=7@8"})
  void saneId_isAccepted(String sent) {
    assertThat(ids.accept(sent)).isEqualTo(sent);
  }

  @Test
  void longestId_isAccepted() {
    assertThat(ids.accept("x".repeat(100))).hasSize(100);
  }

  static Stream<String> insane() {
    return Stream.of(
        "",
        " ",
        "a b",
        "a\nb",
        "a\u0000",
        "é",
        "😀",
        "\"",
        "<script>",
        "a;b",
        "a,b",
        "x".repeat(101));
  }

  @ParameterizedTest
  @MethodSource("insane")
  void otherId_isReplaced(String sent) {
    assertThat(ids.accept(sent)).matches("[0-9a-f]{16}");
  }

  @Test
  void newIds_differ() {
    assertThat(Stream.generate(ids::create).limit(10_000)).doesNotHaveDuplicates();
  }
}
