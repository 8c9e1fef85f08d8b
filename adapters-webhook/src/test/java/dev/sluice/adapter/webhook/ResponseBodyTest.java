package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResponseBodyTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, false, true",
    "5, 5, false, true",
    "16384, 16384, false, true",
    "16385, 16384, true, true",
    "65536, 16384, true, true",
    "80000, 16384, true, false",
    "1000000, 16384, true, false",
  })
  void body_isKeptAndReadUpToItsLimits(int length, int kept, boolean isCut, boolean isWhole)
      throws IOException {
    var content = new ByteArrayInputStream(new byte[length]);

    ResponseBody body = ResponseBody.read(content);

    assertThat(body.head()).hasSize(kept);
    assertThat(body.isCut()).isEqualTo(isCut);
    assertThat(body.isWhole()).isEqualTo(isWhole);
    assertThat(length - content.available()).isLessThanOrEqualTo(ResponseBody.READ + 4_096);
  }
}
