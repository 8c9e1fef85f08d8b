package dev.sluice.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class TextLineLayoutTest {

  private final TextLineLayout layout = new TextLineLayout();

  @Test
  void line_isTimeLevelMessageAndPairs() {
    assertThat(layout.doLayout(LogEvents.event("slow request", new KeyValuePair("status", 200))))
        .isEqualTo("2026-01-02T03:04:05.600Z WARN  slow request status=200\n");
  }

  @Test
  void controlCharacters_areReplaced() {
    String line =
        layout.doLayout(
            LogEvents.event("a\r\nb\u001b\u009b\u0085", new KeyValuePair("k", "v\n\u0000w")));

    assertThat(line).isEqualTo("2026-01-02T03:04:05.600Z WARN  a??b??? k=v??w\n");
  }

  @Test
  void stackTrace_followsOnLinesOfItsOwn() {
    String text = layout.doLayout(LogEvents.event("failed", new IllegalStateException("why")));

    assertThat(text.lines().findFirst()).hasValue("2026-01-02T03:04:05.600Z WARN  failed");
    assertThat(text).contains("\njava.lang.IllegalStateException: why").contains("\n\tat ");
  }
}
