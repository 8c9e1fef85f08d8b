package dev.sluice.adapter.broker.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.LongStringHelper;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// In the binary mode of the AMQP binding, attributes are headers with a prefix.
final class CloudEventPropertiesTest {

  private static BasicProperties with(Map<String, Object> headers) {
    return new BasicProperties.Builder().headers(headers).build();
  }

  @Test
  void attributes_areReadFromBothPrefixes() {
    Map<String, Object> headers =
        Map.of(
            "cloudEvents:id",
            LongStringHelper.asLongString("e-1"),
            "cloudEvents_source",
            "/s",
            "cloudEvents:priority",
            5L,
            "cloudEvents:flag",
            true,
            "cloudEvents:bytes",
            new byte[] {1, 2},
            "other",
            "x");

    assertThat(CloudEventProperties.attributes(with(headers)))
        .isEqualTo(
            Map.of("id", "e-1", "source", "/s", "priority", "5", "flag", "true", "bytes", "AQI="));
  }

  @Test
  void messageWithoutThem_hasNone() {
    Map<String, Object> headers = new HashMap<>();
    headers.put("cloudEvents:subject", null);

    assertThat(CloudEventProperties.attributes(with(headers))).isEmpty();
    assertThat(CloudEventProperties.attributes(new BasicProperties())).isEmpty();
    assertThat(CloudEventProperties.headers(new BasicProperties())).isEmpty();
  }

  @Test
  void headers_areTheOnesThatHoldAttributes() {
    Map<String, Object> headers = Map.of("cloudEvents:id", "e-1", "x-death", "y");

    assertThat(CloudEventProperties.headers(with(headers)))
        .isEqualTo(Map.of("cloudEvents:id", "e-1"));
  }
}
